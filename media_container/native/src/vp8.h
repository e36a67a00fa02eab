/* The counters of the VP8 payload descriptor (RFC 7741 section 4.2), shifted as mediaserver/rtp/vp8.py does. */
#ifndef VARDRUM_VP8_H
#define VARDRUM_VP8_H

#include <stdint.h>

/* Adds to picture id and tl0picidx, where they are there; a broken descriptor is left as it is. */
void vh_vp8_shift(uint8_t *payload, uint32_t size, uint32_t picture_id_shift, uint32_t tl0picidx_shift);

#endif
