#include "history.h"

#include <stdlib.h>
#include <string.h>

enum { NO_CHUNK = 0xFFFF, MAX_BYTES = 4 << 20 };

static size_t chunk_count(uint32_t max_packets, size_t max_bytes)
{
    /* Every packet may leave all but one byte of its last chunk empty. Making room goes past the newest packet and at most
       one more, however large they are, and one is stored before it. */
    return max_bytes / VH_CHUNK_SIZE + max_packets + 3 * (VH_MAX_PACKET / VH_CHUNK_SIZE) + 1;
}

static int allocate(vh_history *history, uint32_t max_packets, size_t max_bytes)
{
    size_t count = chunk_count(max_packets, max_bytes);
    if (count >= NO_CHUNK) {
        return 0;
    }
    history->slots = calloc(max_packets, sizeof *history->slots);
    history->next_chunk = calloc(count, sizeof *history->next_chunk);
    history->chunks = malloc(count * VH_CHUNK_SIZE);
    if (!history->slots || !history->next_chunk || !history->chunks) {
        return 0;
    }
    for (size_t chunk = 0; chunk < count; chunk++) {
        history->next_chunk[chunk] = (uint16_t)(chunk + 1 < count ? chunk + 1 : NO_CHUNK);
    }
    return 1;
}

vh_history *vh_history_new(uint32_t max_packets, size_t max_bytes)
{
    if (!max_packets || max_packets > 0x8000 || (max_packets & (max_packets - 1)) || max_bytes > MAX_BYTES) {
        return NULL;
    }
    vh_history *history = calloc(1, sizeof *history);
    if (history) {
        history->mask = max_packets - 1;
        history->oldest = -1;
        history->max_bytes = max_bytes;
        if (!allocate(history, max_packets, max_bytes)) {
            vh_history_free(history);
            return NULL;
        }
    }
    return history;
}

void vh_history_free(vh_history *history)
{
    if (history) {
        free(history->slots);
        free(history->next_chunk);
        free(history->chunks);
        free(history);
    }
}

static void forget(vh_history *history, vh_slot *slot)
{
    if (slot->size) {
        uint16_t last = slot->first_chunk;
        while (history->next_chunk[last] != NO_CHUNK) {
            last = history->next_chunk[last];
        }
        history->next_chunk[last] = history->free_chunk;
        history->free_chunk = slot->first_chunk;
        history->bytes -= slot->size;
        slot->size = 0;
    }
}

static void make_room(vh_history *history, uint32_t newest)
{
    size_t limit = history->max_bytes - (history->max_bytes >> 4);
    uint32_t at = history->oldest >= 0 ? (uint32_t)history->oldest : (newest + 1) & history->mask;
    for (uint32_t count = 0; count < history->mask && history->bytes > limit; count++) {
        if (at != newest) {
            forget(history, &history->slots[at]);
        }
        at = (at + 1) & history->mask;
    }
    history->oldest = (int32_t)at;
}

/* Copies into a chain of free chunks and returns the first; `chunk_count` sees to it that they suffice. */
static uint16_t write_chain(vh_history *history, const uint8_t *packet, uint32_t size)
{
    uint16_t first = history->free_chunk, chunk = first;
    for (;;) {
        uint32_t part = size < VH_CHUNK_SIZE ? size : VH_CHUNK_SIZE;
        memcpy(history->chunks + (size_t)chunk * VH_CHUNK_SIZE, packet, part);
        packet += part;
        size -= part;
        if (!size || history->next_chunk[chunk] == NO_CHUNK) {
            break;
        }
        chunk = history->next_chunk[chunk];
    }
    history->free_chunk = history->next_chunk[chunk];
    history->next_chunk[chunk] = NO_CHUNK;
    return first;
}

void vh_history_store(vh_history *history, uint16_t seq, const uint8_t *packet, uint32_t size, int64_t now_us)
{
    uint32_t at = seq & history->mask;
    vh_slot *slot = &history->slots[at];
    forget(history, slot);
    if (size == 0 || size > VH_MAX_PACKET || history->free_chunk == NO_CHUNK) {
        return;
    }
    slot->first_chunk = write_chain(history, packet, size);
    slot->size = size;
    slot->seq = seq;
    slot->stored_at_us = now_us;
    history->bytes += size;
    if (history->bytes > history->max_bytes) {
        make_room(history, at);
    }
}

const vh_slot *vh_history_find(const vh_history *history, uint16_t seq)
{
    const vh_slot *slot = &history->slots[seq & history->mask];
    return slot->size && slot->seq == seq ? slot : NULL;
}

uint32_t vh_history_read(const vh_history *history, const vh_slot *slot, uint8_t *out, uint32_t room)
{
    if (slot->size > room) {
        return 0;
    }
    uint16_t chunk = slot->first_chunk;
    for (uint32_t done = 0; done < slot->size && chunk != NO_CHUNK; done += VH_CHUNK_SIZE) {
        uint32_t left = slot->size - done, part = left < VH_CHUNK_SIZE ? left : VH_CHUNK_SIZE;
        memcpy(out + done, history->chunks + (size_t)chunk * VH_CHUNK_SIZE, part);
        chunk = history->next_chunk[chunk];
    }
    return slot->size;
}
