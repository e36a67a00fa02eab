/* Packets that look like a browser's: VP8 in frames (RFC 7741) and Opus, with one-byte header extensions (RFC 8285). */
#include "load.h"

#include <string.h>

const uint8_t MAGIC[8] = {'b', 'e', 'n', 'c', 'h', 'R', 'T', 'P'};

enum { FRAMES_PER_KEYFRAME = 3000, LEVEL_SPEAKING = 40, VOICE_BIT = 0x80 };
/* Browsers name a stream by MID and RID until the first report tells that it was understood. */
static const int64_t NAMED_FOR_NS = 2000000000;

static uint8_t *extension(uint8_t *at, uint8_t id, const uint8_t *value, int size) {
    if (!id || !size)
        return at;
    *at++ = (uint8_t)(id << 4 | (size - 1));
    memcpy(at, value, size);
    return at + size;
}

static int extensions_write(struct source *source, struct endpoint *endpoint, int64_t now_ns, uint8_t *out) {
    const struct source_settings *set = &source->set;
    int64_t unix_ns = unix_now_ns();
    uint32_t send_time = (uint32_t)((unix_ns / 1000000000 % 64 << 18) + ((unix_ns % 1000000000 << 18) / 1000000000));
    uint8_t time[4], sequence[2], level = VOICE_BIT | LEVEL_SPEAKING, *at = out + 4;
    put32(time, send_time & 0xFFFFFF);
    at = extension(at, set->abs_send_time_id, time + 1, 3);
    if (set->transport_cc_id)
        put16(sequence, endpoint->transport_sequence++);
    at = extension(at, set->transport_cc_id, sequence, 2);
    at = extension(at, set->audio_level_id, &level, 1);
    if (now_ns - source->started_ns < NAMED_FOR_NS) {
        at = extension(at, set->mid ? set->mid_id : 0, &set->mid, 1);
        at = extension(at, set->rid ? set->rid_id : 0, &set->rid, 1);
    }
    while ((at - out) % 4)
        *at++ = 0;
    put16(out, 0xBEDE);
    put16(out + 2, (uint16_t)((at - out - 4) / 4));
    return (int)(at - out);
}

/* VP8 descriptor with a 15-bit picture id, and the payload header: the frame tag, of a keyframe the start code too. */
static int vp8_write(const struct source *source, uint8_t *out) {
    static const uint8_t start_code[] = {0x9D, 0x01, 0x2A, 0x00, 0x05, 0xD0, 0x02};
    bool first = source->place == 0;
    out[0] = first ? 0x90 : 0x80;
    out[1] = 0x80;
    put16(out + 2, 0x8000 | (source->frame & 0x7FFF));
    out[4] = first && source->keyframe ? 0x10 : 0x11;
    out[5] = out[6] = 0;
    memcpy(out + 7, start_code, sizeof start_code);
    return 7 + sizeof start_code;
}

static void begin_frame(struct source *source) {
    source->keyframe = source->keyframe_wanted || source->frame % FRAMES_PER_KEYFRAME == 0;
    source->keyframe_wanted = false;
}

static bool advance(struct source *source) {
    bool last = ++source->place >= source->set.packets_per_frame;
    if (last) {
        source->place = 0;
        source->frame++;
    }
    return last;
}

int packet_write(struct source *source, struct endpoint *endpoint, int64_t now_ns, uint8_t *out) {
    const struct source_settings *set = &source->set;
    int spread = set->packet_bytes_spread ? (int)(source->packets * 37 % (set->packet_bytes_spread + 1)) : 0;
    int size = (int)(set->packet_bytes - set->packet_bytes_spread / 2) + spread;
    if (source->place == 0)
        begin_frame(source);
    out[0] = 0x90;
    put16(out + 2, source->sequence++);
    put32(out + 4, source->timestamp = source->frame * set->frame_ticks);
    put32(out + 8, set->ssrc);
    int head = 12 + extensions_write(source, endpoint, now_ns, out + 12);
    if (set->is_video)
        head += vp8_write(source, out + head);
    int padding = size - head - TRAILER_BYTES;
    if (padding > 0) {
        memset(out + head, 0, padding);
        head += padding;
    }
    bool last = advance(source);
    out[1] = (set->is_video && last ? 0x80 : 0) | set->payload_type;
    int64_t unix_ns = unix_now_ns();
    memcpy(out + head, &unix_ns, sizeof unix_ns);
    memcpy(out + head + 8, MAGIC, sizeof MAGIC);
    source->packets++;
    source->octets += head + TRAILER_BYTES - 12;
    return head + TRAILER_BYTES;
}
