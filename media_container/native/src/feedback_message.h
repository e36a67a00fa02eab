/* Transport-wide feedback on the wire, as mediaserver/rtp/transport_feedback.py writes it. */
#ifndef VARDRUM_FEEDBACK_MESSAGE_H
#define VARDRUM_FEEDBACK_MESSAGE_H

#include <stddef.h>
#include <stdint.h>

enum { FEEDBACK_MAX_STATUSES = 1040 };

typedef struct {
    int64_t base;
    int64_t reference_time; /* in 64 ms */
    uint32_t count;
    uint8_t feedback_count;
    uint8_t symbols[FEEDBACK_MAX_STATUSES]; /* 0 not received, 1 small delta, 2 large */
    int16_t ticks[FEEDBACK_MAX_STATUSES];   /* of 250 us, where received */
} feedback_message;

/* Beyond the bound nothing is added. */
void feedback_add_lost(feedback_message *message, uint32_t count);
void feedback_add_arrival(feedback_message *message, int64_t ticks);

/* The whole RTCP packet; its size, or 0 if it does not fit into `room`. */
size_t feedback_write(const feedback_message *message, uint32_t sender_ssrc, uint32_t media_ssrc, uint8_t *out,
                      size_t room);

#endif
