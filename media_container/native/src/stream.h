/* The plan of one SSRC from a publisher: what is done with its next packets in order, without asking Python. */
#ifndef VARDRUM_STREAM_H
#define VARDRUM_STREAM_H

#include <stdint.h>

#include "header.h"
#include "history.h"
#include "reception.h"
#include "sink.h"

typedef struct {
    uint32_t ssrc;
    uint8_t payload_type;
    uint8_t level_head; /* of the audio level element that is summed up, 0 for none */
    uint16_t next_seq; /* the only number that the plan covers */
    vh_extensions extensions;
    vh_reception *reception;
    vh_history *history;
    uint32_t packets; /* taken since Python last asked */
    uint32_t level_packets; /* with an audio level, likewise */
    uint64_t level_sum; /* in -dBov */
    uint32_t sink_count; /* 0: packets are taken in and counted, but neither kept nor sent */
    uint32_t sink_room;
    vh_sink *sinks;
} vh_stream;

vh_stream *vh_stream_new(void);
void vh_stream_free(vh_stream *stream);

/* Room for `count` sinks, all empty; 0 without memory. */
int vh_stream_set_sinks(vh_stream *stream, uint32_t count);

/* Whether the packet, still encrypted, is one that the plan is for; reads its header. */
int vh_stream_covers(const vh_stream *stream, const uint8_t *packet, uint32_t size, vh_header *header);

/* Takes in a decrypted packet that is covered: normalises it in place, counts it, keeps it and sends it to all sinks.
   `packet` is of VH_BUFFER_SIZE bytes. */
void vh_stream_take(vh_stream *stream, const vh_header *header, uint8_t *packet, uint32_t size, int64_t arrival_us,
                    vh_outbox *outbox);

#endif
