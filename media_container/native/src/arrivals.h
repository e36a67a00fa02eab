/* Arrivals by transport-wide sequence number, and the feedback that tells them: mediaserver/rtp/transport_cc.py
   (draft-holmer-rmcat-transport-wide-cc-extensions-01). */
#ifndef VARDRUM_ARRIVALS_H
#define VARDRUM_ARRIVALS_H

#include <stddef.h>
#include <stdint.h>

enum { VH_MAX_ARRIVALS = 4096, VH_MAX_FEEDBACK = 2048 };

typedef struct {
    int64_t number; /* as it came, unwrapped when taken */
    int64_t arrival_us;
    uint32_t order; /* in which they came */
} vh_arrival;

typedef struct {
    uint32_t first;
    uint32_t count;
    int64_t highest; /* unwrapped, -1 before the first */
    int64_t next;    /* the first number that no feedback spoke of yet, -1 before the first feedback */
    uint32_t feedback_count;
    uint32_t taken_count; /* of `taken`, in order, and how many of them messages were made of */
    uint32_t told_count;
    vh_arrival ring[VH_MAX_ARRIVALS];
    vh_arrival taken[VH_MAX_ARRIVALS];
} vh_arrivals;

vh_arrivals *vh_arrivals_new(void);
void vh_arrivals_free(vh_arrivals *arrivals);

/* Beyond the bound the oldest is lost. */
void vh_arrivals_record(vh_arrivals *arrivals, uint16_t seq, int64_t arrival_us);

/* Takes what was recorded; `vh_arrivals_feedback` then makes messages of it until it returns 0. */
void vh_arrivals_take(vh_arrivals *arrivals);

/* Writes the next RTCP packet to `out` of VH_MAX_FEEDBACK bytes and returns its size. */
size_t vh_arrivals_feedback(vh_arrivals *arrivals, uint32_t sender_ssrc, uint32_t media_ssrc, uint8_t *out);

#endif
