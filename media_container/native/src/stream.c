#include "stream.h"

#include <stdlib.h>
#include <string.h>

#include "wire.h"

vh_stream *vh_stream_new(void)
{
    return calloc(1, sizeof(vh_stream));
}

void vh_stream_free(vh_stream *stream)
{
    if (stream) {
        free(stream->sinks);
        free(stream);
    }
}

int vh_stream_set_sinks(vh_stream *stream, uint32_t count)
{
    stream->sink_count = 0;
    if (count > stream->sink_room) {
        free(stream->sinks);
        stream->sinks = calloc(count, sizeof *stream->sinks);
        stream->sink_room = stream->sinks ? count : 0;
        if (!stream->sinks) {
            return 0;
        }
    }
    if (count) {
        memset(stream->sinks, 0, count * sizeof *stream->sinks);
    }
    stream->sink_count = count;
    return 1;
}

int vh_stream_covers(const vh_stream *stream, const uint8_t *packet, uint32_t size, vh_header *header)
{
    return size >= FIXED_LENGTH && read_u16(packet + 2) == stream->next_seq &&
           (packet[1] & 0x7F) == stream->payload_type && vh_header_read(&stream->extensions, packet, size, header);
}

/* The audio level (RFC 6464) stands first where it is kept. */
static void measure_level(vh_stream *stream, const uint8_t *normalised)
{
    int has_elements = normalised[NUMBER_SLOT_OFFSET - 1] > 1;
    if (stream->level_head && has_elements && normalised[MIN_HEADER_LENGTH] == stream->level_head) {
        stream->level_sum += normalised[MIN_HEADER_LENGTH + 1] & 0x7F;
        stream->level_packets++;
    }
}

void vh_stream_take(vh_stream *stream, const vh_header *header, uint8_t *packet, uint32_t size, int64_t arrival_us,
                    vh_outbox *outbox)
{
    uint32_t end = size, start = vh_header_normalise(header, packet, &end);
    const uint8_t *normalised = packet + start;
    uint32_t length = end - start;
    uint16_t seq = read_u16(normalised + 2);
    uint32_t timestamp = read_u32(normalised + 4);
    vh_reception_take(stream->reception, seq, timestamp, length - MIN_HEADER_LENGTH, arrival_us);
    stream->next_seq = (uint16_t)(seq + 1);
    stream->packets++;
    measure_level(stream, normalised);
    if (!stream->sink_count) {
        return;
    }
    vh_history_store(stream->history, seq, normalised, length, arrival_us);
    for (uint32_t index = 0; index < stream->sink_count; index++) {
        vh_sink_send(&stream->sinks[index], normalised, length, seq, timestamp, arrival_us, outbox);
    }
}
