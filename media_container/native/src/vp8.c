#include "vp8.h"

#include "wire.h"

enum { EXTENDED = 0x80, HAS_PICTURE_ID = 0x80, HAS_TL0PICIDX = 0x40, HAS_TID_OR_KEYIDX = 0x30, LONG_FORM = 0x80 };

/* Offsets of the counters, 0 where there is none. */
typedef struct {
    uint32_t picture_id;
    uint32_t tl0picidx;
} counters;

static int find_counters(const uint8_t *payload, uint32_t size, counters *found)
{
    *found = (counters){0};
    if (size < 1) {
        return 0;
    }
    if (!(payload[0] & EXTENDED)) {
        return 1;
    }
    uint32_t at = 2;
    if (size < 2) {
        return 0;
    }
    if (payload[1] & HAS_PICTURE_ID) {
        if (at >= size) {
            return 0;
        }
        found->picture_id = at;
        at += payload[at] & LONG_FORM ? 2 : 1;
    }
    if (payload[1] & HAS_TL0PICIDX) {
        found->tl0picidx = at++;
    }
    if (payload[1] & HAS_TID_OR_KEYIDX) {
        at++;
    }
    return at <= size;
}

void vh_vp8_shift(uint8_t *payload, uint32_t size, uint32_t picture_id_shift, uint32_t tl0picidx_shift)
{
    counters found;
    if (!find_counters(payload, size, &found)) {
        return;
    }
    uint8_t *picture_id = payload + found.picture_id;
    if (found.picture_id && (*picture_id & LONG_FORM)) {
        write_u16(picture_id, (uint16_t)(LONG_FORM << 8 | ((read_u16(picture_id) + picture_id_shift) & 0x7FFF)));
    } else if (found.picture_id) {
        *picture_id = (uint8_t)((*picture_id + picture_id_shift) & 0x7F);
    }
    if (found.tl0picidx) {
        payload[found.tl0picidx] = (uint8_t)(payload[found.tl0picidx] + tl0picidx_shift);
    }
}
