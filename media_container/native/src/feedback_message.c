#include "feedback_message.h"

#include <string.h>

#include "wire.h"

enum { NOT_RECEIVED, SMALL, LARGE };
enum { HEAD_SIZE = 20, MAX_RUN = 0x1FFF, SMALL_VECTOR = 14, LARGE_VECTOR = 7 };

void feedback_add_lost(feedback_message *message, uint32_t count)
{
    for (; count && message->count < FEEDBACK_MAX_STATUSES; count--) {
        message->symbols[message->count++] = NOT_RECEIVED;
    }
}

void feedback_add_arrival(feedback_message *message, int64_t ticks)
{
    if (message->count < FEEDBACK_MAX_STATUSES) {
        message->symbols[message->count] = 0 <= ticks && ticks <= 0xFF ? SMALL : LARGE;
        message->ticks[message->count++] = (int16_t)ticks;
    }
}

static uint32_t run_length(const feedback_message *message, uint32_t index)
{
    uint32_t end = index + 1;
    while (end < message->count && message->symbols[end] == message->symbols[index] && end - index < MAX_RUN) {
        end++;
    }
    return end - index;
}

static uint32_t vector_capacity(const feedback_message *message, uint32_t index)
{
    for (uint32_t at = index; at < message->count && at < index + SMALL_VECTOR; at++) {
        if (message->symbols[at] == LARGE) {
            return LARGE_VECTOR;
        }
    }
    return SMALL_VECTOR;
}

static uint16_t vector_chunk(const feedback_message *message, uint32_t index, uint32_t capacity)
{
    uint32_t bits = SMALL_VECTOR / capacity, chunk = bits == 1 ? 0x8000 : 0xC000;
    for (uint32_t place = 0; place < capacity && index + place < message->count; place++) {
        chunk |= (uint32_t)message->symbols[index + place] << (14 - bits * (place + 1));
    }
    return (uint16_t)chunk;
}

/* Run-length chunks where a run fills at least what a vector would hold, vectors elsewhere. */
static uint8_t *write_chunks(const feedback_message *message, uint8_t *at)
{
    for (uint32_t index = 0; index < message->count; at += 2) {
        uint32_t run = run_length(message, index), capacity = vector_capacity(message, index);
        uint32_t left = message->count - index;
        if (run >= (capacity < left ? capacity : left)) {
            write_u16(at, (uint16_t)((message->symbols[index] << 13) | run));
            index += run;
        } else {
            write_u16(at, vector_chunk(message, index, capacity));
            index += capacity;
        }
    }
    return at;
}

static uint8_t *write_ticks(const feedback_message *message, uint8_t *at)
{
    for (uint32_t index = 0; index < message->count; index++) {
        if (message->symbols[index] == SMALL) {
            *at++ = (uint8_t)message->ticks[index];
        } else if (message->symbols[index] == LARGE) {
            write_u16(at, (uint16_t)message->ticks[index]);
            at += 2;
        }
    }
    return at;
}

size_t feedback_write(const feedback_message *message, uint32_t sender_ssrc, uint32_t media_ssrc, uint8_t *out,
                      size_t room)
{
    /* At most one chunk for 7 packets, a last one, and two bytes for each packet. */
    if (HEAD_SIZE + 2 * (message->count / LARGE_VECTOR + 2) + 2 * message->count + 4 > room) {
        return 0;
    }
    uint8_t *end = write_ticks(message, write_chunks(message, out + HEAD_SIZE));
    while ((end - out) % 4) {
        *end++ = 0;
    }
    out[0] = 0x8F;
    out[1] = 205;
    write_u16(out + 2, (uint16_t)((end - out) / 4 - 1));
    write_u32(out + 4, sender_ssrc);
    write_u32(out + 8, media_ssrc);
    write_u16(out + 12, (uint16_t)message->base);
    write_u16(out + 14, (uint16_t)message->count);
    write_u32(out + 16, (uint32_t)(message->reference_time & 0xFFFFFF) << 8 | message->feedback_count);
    return (size_t)(end - out);
}
