/* The last packets of one stream, bounded by count and bytes: mediaserver/rtp/history.py. */
#ifndef VARDRUM_HISTORY_H
#define VARDRUM_HISTORY_H

#include <stddef.h>
#include <stdint.h>

enum { VH_CHUNK_SIZE = 256, VH_MAX_PACKET = 2048 };

typedef struct {
    int64_t stored_at_us;
    uint32_t size; /* 0: nothing is kept here */
    uint16_t seq;
    uint16_t first_chunk;
} vh_slot;

/* A packet is kept in a chain of chunks, so that the memory is that of the bytes and needs no order. */
typedef struct {
    uint32_t mask; /* of slots, a power of two, less one */
    int32_t oldest; /* the slot that is forgotten next when the bytes do not suffice, -1 before that */
    size_t bytes;
    size_t max_bytes;
    uint16_t free_chunk;
    uint16_t *next_chunk;
    vh_slot *slots;
    uint8_t *chunks;
} vh_history;

/* NULL without memory or if a bound makes no sense: 1 to 32,768 packets, a power of two, and up to 4 MB. */
vh_history *vh_history_new(uint32_t max_packets, size_t max_bytes);
void vh_history_free(vh_history *history);

/* Copies an RTP packet of at most VH_MAX_PACKET bytes whose header says `seq`. */
void vh_history_store(vh_history *history, uint16_t seq, const uint8_t *packet, uint32_t size, int64_t now_us);

/* The slot that holds `seq`, NULL if there is none. */
const vh_slot *vh_history_find(const vh_history *history, uint16_t seq);

/* Copies the packet of a slot to `out` of `room` bytes; its size, or 0 if it does not fit. */
uint32_t vh_history_read(const vh_history *history, const vh_slot *slot, uint8_t *out, uint32_t room);

#endif
