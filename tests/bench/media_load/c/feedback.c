/* Transport-wide congestion control feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1). */
#include "load.h"

#include <string.h>

enum { MISSING, SMALL, LARGE, MAX_COVERED = 800, LONGEST_RUN = 0x1FFF, SYMBOLS_PER_CHUNK = 7 };
static const int64_t TICK_NS = 250000, REFERENCE_NS = 64000000;

struct covered {
    uint8_t symbols[MAX_COVERED], deltas[2 * MAX_COVERED];
    int size, deltas_size;
};

static void cover(struct covered *covered, int place, int64_t delta) {
    while (covered->size < place)
        covered->symbols[covered->size++] = MISSING;
    bool small = delta >= 0 && delta <= 255;
    covered->symbols[covered->size++] = small ? SMALL : LARGE;
    if (!small) {
        int64_t bounded = delta < -32768 ? -32768 : delta > 32767 ? 32767 : delta;
        put16(covered->deltas + covered->deltas_size, (uint16_t)(int16_t)bounded);
        covered->deltas_size += 2;
    } else
        covered->deltas[covered->deltas_size++] = (uint8_t)delta;
}

static int run_length(const struct covered *covered, int from) {
    int size = 1;
    while (from + size < covered->size && size < LONGEST_RUN && covered->symbols[from + size] == covered->symbols[from])
        size++;
    return size;
}

static int chunks_write(const struct covered *covered, uint8_t *out) {
    int written = 0;
    for (int at = 0; at < covered->size;) {
        int run = run_length(covered, at);
        uint16_t chunk;
        if (run >= SYMBOLS_PER_CHUNK) {
            chunk = (uint16_t)(covered->symbols[at] << 13 | run);
            at += run;
        } else {
            chunk = 0xC000;
            for (int i = 0; i < SYMBOLS_PER_CHUNK && at < covered->size; i++)
                chunk |= (uint16_t)(covered->symbols[at++] << (12 - 2 * i));
        }
        put16(out + written, chunk);
        written += 2;
    }
    return written;
}

/* Arrivals that are older than what was covered already are left out: loopback does not reorder. */
static void cover_arrivals(struct covered *covered, const struct endpoint *endpoint, int64_t reference_ns) {
    int64_t ticks = 0;
    for (uint32_t i = 0; i < endpoint->arrivals_size; i++) {
        int place = (uint16_t)(endpoint->arrivals[i].sequence - endpoint->arrivals[0].sequence);
        if (place < covered->size || place >= MAX_COVERED)
            continue;
        int64_t at = (endpoint->arrivals[i].unix_ns - reference_ns) / TICK_NS;
        cover(covered, place, at - ticks);
        ticks = at;
    }
}

int feedback_write(struct endpoint *endpoint, uint8_t *out) {
    if (!endpoint->arrivals_size)
        return 0;
    static struct covered covered;
    covered.size = covered.deltas_size = 0;
    int64_t reference = endpoint->arrivals[0].unix_ns / REFERENCE_NS;
    cover_arrivals(&covered, endpoint, reference * REFERENCE_NS);
    put32(out + 4, 1);
    put32(out + 8, endpoint->streams_size ? endpoint->streams[0].ssrc : 0);
    put16(out + 12, endpoint->arrivals[0].sequence);
    put16(out + 14, (uint16_t)covered.size);
    put32(out + 16, (uint32_t)(reference & 0xFFFFFF) << 8 | endpoint->feedback_count++);
    int size = 20 + chunks_write(&covered, out + 20);
    memcpy(out + size, covered.deltas, covered.deltas_size);
    size += covered.deltas_size;
    int padding = -size & 3;
    if (padding) {
        memset(out + size, 0, padding);
        out[size + padding - 1] = (uint8_t)padding;
    }
    size += padding;
    out[0] = padding ? 0xA0 | 15 : 0x80 | 15;
    out[1] = 205;
    put16(out + 2, (uint16_t)(size / 4 - 1));
    endpoint->arrivals_size = 0;
    return size;
}
