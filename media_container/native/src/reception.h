/* Counts, losses and jitter of one SSRC: the arithmetic of mediaserver/rtp/reception.py (RFC 3550 A.1 and A.8). */
#ifndef VARDRUM_RECEPTION_H
#define VARDRUM_RECEPTION_H

#include <stdint.h>

typedef struct {
    int64_t clock_rate_hz;
    int64_t packets_received;
    int64_t octets_received;
    int64_t base;    /* unwrapped, -1 before the first packet */
    int64_t highest; /* likewise */
    int64_t jitter_16;
    uint32_t transit;
    uint32_t restarts; /* how often the stream began anew */
} vh_reception;

void vh_reception_start(vh_reception *state, int64_t clock_rate_hz);

/* Takes in one packet; `size` is of the payload in bytes, `arrival_us` of a monotonic clock. */
void vh_reception_take(vh_reception *state, uint16_t seq, uint32_t timestamp, int64_t size, int64_t arrival_us);

#endif
