#include "header.h"

#include <string.h>

#include "wire.h"

enum { ONE_BYTE_PROFILE = 0xBEDE, TWO_BYTE_PROFILE = 0x1000, TWO_BYTE_PROFILE_MASK = 0xFFF0 };
enum { RESERVED_ONE_BYTE_ID = 15, MAX_ONE_BYTE_LENGTH = 16 };

/* Takes one element in; 0 if more are kept than there is room for. */
static int take(const vh_extensions *extensions, uint8_t id, const uint8_t *value, uint32_t length, vh_header *header)
{
    uint8_t new_id = extensions->kept_ids[id];
    if (id == extensions->transport_cc_id && length == 2) {
        header->transport_cc = read_u16(value);
    } else if (new_id && 1 <= length && length <= MAX_ONE_BYTE_LENGTH) {
        if (header->kept_length + 1 + length > MAX_KEPT_LENGTH) {
            return 0;
        }
        header->kept[header->kept_length++] = (uint8_t)(new_id << 4 | (length - 1));
        memcpy(header->kept + header->kept_length, value, length);
        header->kept_length += length;
    }
    return 1;
}

static int read_one_byte(const vh_extensions *extensions, const uint8_t *at, const uint8_t *end, vh_header *header)
{
    while (at < end) {
        uint8_t head = *at++;
        if (head == 0) {
            continue;
        }
        uint32_t length = (head & 0x0Fu) + 1;
        if (head >> 4 == RESERVED_ONE_BYTE_ID || length > (uint32_t)(end - at)) {
            return 1;
        }
        /* Id 0 with a length is ignored together with its data. */
        if (head >> 4 && !take(extensions, head >> 4, at, length, header)) {
            return 0;
        }
        at += length;
    }
    return 1;
}

static int read_two_byte(const vh_extensions *extensions, const uint8_t *at, const uint8_t *end, vh_header *header)
{
    while (at < end) {
        uint8_t id = *at++;
        if (id == 0) {
            continue;
        }
        if (at >= end || at[0] + 1 > end - at) {
            return 1;
        }
        uint32_t length = *at++;
        if (!take(extensions, id, at, length, header)) {
            return 0;
        }
        at += length;
    }
    return 1;
}

static int read_elements(const vh_extensions *extensions, const uint8_t *block, const uint8_t *end, vh_header *header)
{
    uint16_t profile = read_u16(block);
    if (profile == ONE_BYTE_PROFILE) {
        return read_one_byte(extensions, block + 4, end, header);
    }
    if ((profile & TWO_BYTE_PROFILE_MASK) == TWO_BYTE_PROFILE) {
        return read_two_byte(extensions, block + 4, end, header);
    }
    return 1;
}

int vh_header_read(const vh_extensions *extensions, const uint8_t *packet, uint32_t size, vh_header *header)
{
    header->payload = FIXED_LENGTH;
    header->transport_cc = -1;
    header->kept_length = 0;
    if (size < FIXED_LENGTH || (packet[0] != PLAIN && packet[0] != WITH_EXTENSION)) {
        return 0;
    }
    if (packet[0] == PLAIN) {
        return 1;
    }
    if (size < FIXED_LENGTH + 4) {
        return 0;
    }
    header->payload = FIXED_LENGTH + 4 + 4u * read_u16(packet + FIXED_LENGTH + 2);
    if (header->payload > size) {
        return 0;
    }
    if (!read_elements(extensions, packet + FIXED_LENGTH, packet + header->payload, header)) {
        return 0;
    }
    while (header->kept_length % 4) {
        header->kept[header->kept_length++] = 0;
    }
    return 1;
}

uint32_t vh_header_normalise(const vh_header *header, uint8_t *packet, uint32_t *size)
{
    uint8_t fixed[FIXED_LENGTH];
    memcpy(fixed, packet, FIXED_LENGTH);
    uint32_t payload = header->payload, length = MIN_HEADER_LENGTH + header->kept_length;
    if (payload < length) {
        memmove(packet + length, packet + payload, *size - payload);
        *size += length - payload;
        payload = length;
    }
    uint32_t start = payload - length;
    memcpy(packet + payload - header->kept_length, header->kept, header->kept_length);
    write_u32(packet + start + NUMBER_SLOT_OFFSET, 0);
    write_u16(packet + start + FIXED_LENGTH + 2, (uint16_t)(1 + header->kept_length / 4));
    write_u16(packet + start + FIXED_LENGTH, ONE_BYTE_PROFILE);
    memcpy(packet + start, fixed, FIXED_LENGTH);
    packet[start] = WITH_EXTENSION;
    return start;
}
