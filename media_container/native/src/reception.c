#include "reception.h"

enum { MAX_DROPOUT = 3000 };

void vh_reception_start(vh_reception *state, int64_t clock_rate_hz)
{
    *state = (vh_reception){.clock_rate_hz = clock_rate_hz, .base = -1, .highest = -1};
}

/* The moment in ticks of the media clock, modulo 2^32; in two parts, so that nothing overflows. */
static uint32_t ticks_of(int64_t arrival_us, int64_t clock_rate_hz)
{
    uint64_t us = (uint64_t)arrival_us, rate = (uint64_t)clock_rate_hz;
    return (uint32_t)(us / 1000000 * rate + us % 1000000 * rate / 1000000);
}

static void update_jitter(vh_reception *state, uint32_t transit)
{
    uint32_t difference = transit - state->transit;
    int64_t distance = difference >= 0x80000000u ? (int64_t)0x100000000 - difference : (int64_t)difference;
    state->jitter_16 += distance - ((state->jitter_16 + 8) >> 4);
}

static void restart(vh_reception *state, uint16_t seq)
{
    state->restarts++;
    state->packets_received = 0;
    state->base = state->highest = seq;
}

void vh_reception_take(vh_reception *state, uint16_t seq, uint32_t timestamp, int64_t size, int64_t arrival_us)
{
    uint32_t transit = ticks_of(arrival_us, state->clock_rate_hz) - timestamp;
    int64_t ahead = (uint16_t)(seq - (uint16_t)state->highest);
    if (state->highest < 0) {
        state->base = state->highest = seq;
    } else if (ahead < MAX_DROPOUT) {
        state->highest += ahead;
        update_jitter(state, transit);
    } else if (ahead < 0x10000 - MAX_DROPOUT) {
        restart(state, seq);
    }
    state->transit = transit;
    state->packets_received++;
    state->octets_received += size;
}
