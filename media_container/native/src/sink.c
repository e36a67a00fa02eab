#include "sink.h"

#include <string.h>

#include "header.h"
#include "vp8.h"
#include "wire.h"

enum { MARKER = 0x80 };

static void write_numbers(const vh_sink *sink, uint16_t seq, uint32_t timestamp, uint8_t *out)
{
    out[1] = (uint8_t)((out[1] & MARKER) | sink->payload_type);
    write_u16(out + 2, (uint16_t)(seq + sink->sequence_shift));
    write_u32(out + 4, timestamp + sink->timestamp_offset);
    write_u32(out + 8, sink->ssrc);
}

static void remember(vh_sink *sink, uint16_t out_seq, uint16_t number)
{
    sink->numbers[sink->number_count++ % VH_REMEMBERED_NUMBERS] = (vh_number){out_seq, number};
}

void vh_sink_send(vh_sink *sink, const uint8_t *packet, uint32_t size, uint16_t seq, uint32_t timestamp, int64_t now_us,
                  vh_outbox *outbox)
{
    uint8_t *out = vh_outbox_room(outbox, sink->link);
    memcpy(out, packet, size);
    write_numbers(sink, seq, timestamp, out);
    if (sink->picture_id_shift || sink->tl0picidx_shift) {
        uint32_t payload = vh_payload_offset(out);
        vh_vp8_shift(out + payload, size - payload, sink->picture_id_shift, sink->tl0picidx_shift);
    }
    uint16_t number = sink->link->next_number;
    int32_t length = vh_link_protect(sink->link, sink->numbered, out, size, now_us);
    if (length < 0) {
        return;
    }
    vh_outbox_add(outbox, sink->link, (uint32_t)length);
    sink->packets++;
    sink->octets += size - MIN_HEADER_LENGTH;
    if (sink->remembers) {
        remember(sink, (uint16_t)(seq + sink->sequence_shift), sink->numbered ? number : 0);
    }
}
