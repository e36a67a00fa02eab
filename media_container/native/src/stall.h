/* How long the event loop was away from waiting: its longest stall, of the last 10 to 20 s. */
#ifndef VARDRUM_STALL_H
#define VARDRUM_STALL_H

#include <stdint.h>

enum { VH_STALL_REMEMBERED_US = 10000000 };

typedef struct {
    int64_t left_at_us; /* 0 before the first wait ended */
    int64_t turned_at_us;
    int64_t longest_us;
    int64_t longest_before_us;
} vh_stall;

/* The loop begins to wait. */
static inline void vh_stall_end(vh_stall *stall, int64_t now_us)
{
    if (now_us - stall->turned_at_us >= VH_STALL_REMEMBERED_US) {
        stall->longest_before_us = stall->longest_us;
        stall->longest_us = 0;
        stall->turned_at_us = now_us;
    }
    if (stall->left_at_us && now_us - stall->left_at_us > stall->longest_us) {
        stall->longest_us = now_us - stall->left_at_us;
    }
}

#endif
