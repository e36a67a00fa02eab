#include "told.h"

#include "wire.h"

enum { HEADER = 4, HEAD = 16, DELTA_US = 250, REFERENCE_US = 64000, MAX_RUN = 0x1FFF };
enum { PADDED = 0x20, VERSION_AND_FORMAT = 0x8F, RTPFB = 205, TAG_OF_HMAC = 14, TAG_OF_GCM = 20 };
enum { SMALL = 1, LARGE = 2 };

static uint32_t packet_size(const uint8_t *packet)
{
    return HEADER + 4u * read_u16(packet + 2);
}

int vh_is_feedback(const uint8_t *datagram, uint32_t size)
{
    if (size < HEADER + HEAD || (datagram[0] & ~PADDED) != VERSION_AND_FORMAT || datagram[1] != RTPFB) {
        return 0;
    }
    uint32_t alone = packet_size(datagram);
    return size == alone + TAG_OF_HMAC || size == alone + TAG_OF_GCM;
}

/* How many packets a chunk speaks of. */
static uint32_t chunk_length(uint16_t chunk)
{
    if (!(chunk & 0x8000)) {
        return chunk & MAX_RUN;
    }
    return chunk & 0x4000 ? 7 : 14;
}

/* What a chunk says of its packet at `place`. */
static uint32_t chunk_symbol(uint16_t chunk, uint32_t place)
{
    if (!(chunk & 0x8000)) {
        return chunk >> 13 & 3;
    }
    return chunk & 0x4000 ? chunk >> (12 - 2 * place) & 3 : chunk >> (13 - place) & 1;
}

/* Where the deltas begin, 0 if not all chunks are there. */
static uint32_t find_deltas(const uint8_t *body, uint32_t size, uint32_t status_count)
{
    uint32_t offset = HEAD;
    for (uint32_t index = 0; index < status_count; offset += 2) {
        if (offset + 2 > size) {
            return 0;
        }
        index += chunk_length(read_u16(body + offset));
    }
    return offset;
}

typedef struct {
    const uint8_t *body;
    uint32_t size;
    uint32_t offset; /* of the next delta */
    int64_t arrival_us;
} deltas;

/* The next packet that came; 0 if its delta is missing. */
static int read_arrival(deltas *at, uint32_t symbol, uint32_t seq, vh_told *told)
{
    if (at->offset + symbol > at->size || told->count >= VH_MAX_TOLD) {
        return 0;
    }
    const uint8_t *delta = at->body + at->offset;
    at->arrival_us += DELTA_US * (symbol == SMALL ? *delta : (int16_t)read_u16(delta));
    at->offset += symbol; /* a small delta is of one byte, a large one of two */
    told->arrived[told->count++] = (vh_arrived){seq & 0xFFFF, at->arrival_us};
    return 1;
}

static int read_chunk(deltas *at, uint16_t chunk, uint32_t index, vh_told *told)
{
    uint32_t length = chunk_length(chunk), rest = told->status_count - index;
    int is_run_of_lost = !(chunk & 0x8000) && chunk_symbol(chunk, 0) != SMALL && chunk_symbol(chunk, 0) != LARGE;
    for (uint32_t place = 0; place < length && place < rest && !is_run_of_lost; place++) {
        uint32_t symbol = chunk_symbol(chunk, place);
        if ((symbol == SMALL || symbol == LARGE) && !read_arrival(at, symbol, told->base + index + place, told)) {
            return 0;
        }
    }
    return 1;
}

static int read_body(const uint8_t *body, uint32_t size, vh_told *told)
{
    told->base = read_u16(body + 8);
    told->status_count = read_u16(body + 10);
    told->count = 0;
    deltas at = {body, size, find_deltas(body, size, told->status_count), (int64_t)(read_u32(body + 12) >> 8) * REFERENCE_US};
    if (!at.offset) {
        return 0;
    }
    uint32_t index = 0;
    for (uint32_t offset = HEAD; index < told->status_count; offset += 2) {
        uint16_t chunk = read_u16(body + offset);
        if (!read_chunk(&at, chunk, index, told)) {
            return 0;
        }
        index += chunk_length(chunk);
    }
    return 1;
}

int vh_told_read(const uint8_t *packet, uint32_t size, vh_told *told)
{
    if (size < HEADER + HEAD || packet_size(packet) != size) {
        return 0;
    }
    uint32_t length = size - HEADER, padding = packet[0] & PADDED ? packet[size - 1] : 0;
    if ((packet[0] & PADDED && !padding) || padding + HEAD > length) {
        return 0;
    }
    return read_body(packet + HEADER, length - padding, told);
}
