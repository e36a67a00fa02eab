/* Transport-wide feedback as it is read: mediaserver/rtp/transport_feedback.py. */
#ifndef VARDRUM_TOLD_H
#define VARDRUM_TOLD_H

#include <stdint.h>

enum { VH_MAX_TOLD = 1500 }; /* each arrival takes a byte of the datagram at least */

typedef struct {
    uint32_t seq;
    int64_t arrival_us; /* of the receiver's clock */
} vh_arrived;

typedef struct {
    uint32_t base; /* the message speaks of `status_count` numbers from here on */
    uint32_t status_count;
    uint32_t count; /* of `arrived`, in order of their numbers */
    vh_arrived arrived[VH_MAX_TOLD];
} vh_told;

/* Whether the datagram, still encrypted, is one message of feedback and nothing else. The header is in the clear, and
   SRTCP puts 14 or 20 bytes behind the message (RFC 3711, RFC 7714), which differ by no whole words. */
int vh_is_feedback(const uint8_t *datagram, uint32_t size);

/* Reads a whole RTCP packet; 0 if it breaks its format. */
int vh_told_read(const uint8_t *packet, uint32_t size, vh_told *told);

#endif
