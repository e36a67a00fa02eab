/* One receiver of a stream: what its copy of a packet differs in. */
#ifndef VARDRUM_SINK_H
#define VARDRUM_SINK_H

#include <stdint.h>

#include "link.h"
#include "outbox.h"

enum { VH_REMEMBERED_NUMBERS = 256 };

/* Under which transport-wide number a packet was sent, to send the very same packet again. */
typedef struct {
    uint16_t out_seq;
    uint16_t number;
} vh_number;

typedef struct {
    vh_link *link;
    uint32_t ssrc;
    uint32_t timestamp_offset;
    uint32_t picture_id_shift;
    uint32_t tl0picidx_shift;
    uint16_t sequence_shift;
    uint8_t payload_type;
    uint8_t numbered; /* whether the receiver negotiated transport-wide numbers */
    uint8_t remembers; /* whether lost packets are sent again as they were */
    uint32_t packets; /* sent since Python last asked */
    uint64_t octets; /* of their payloads */
    uint32_t number_count; /* of `numbers`, a ring, since Python last asked */
    vh_number numbers[VH_REMEMBERED_NUMBERS];
} vh_sink;

/* Writes a normalised packet under the receiver's numbers, encrypts it and puts it into the outbox. */
void vh_sink_send(vh_sink *sink, const uint8_t *packet, uint32_t size, uint16_t seq, uint32_t timestamp, int64_t now_us,
                  vh_outbox *outbox);

#endif
