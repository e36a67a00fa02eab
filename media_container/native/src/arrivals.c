#include "arrivals.h"

#include <stdlib.h>

#include "feedback_message.h"

enum { MAX_GAP = 512, MAX_STATUSES = 500, DELTA_US = 250, REFERENCE_US = 64000 };

vh_arrivals *vh_arrivals_new(void)
{
    vh_arrivals *arrivals = calloc(1, sizeof *arrivals);
    if (arrivals) {
        arrivals->highest = arrivals->next = -1;
    }
    return arrivals;
}

void vh_arrivals_free(vh_arrivals *arrivals)
{
    free(arrivals);
}

void vh_arrivals_record(vh_arrivals *arrivals, uint16_t seq, int64_t arrival_us)
{
    arrivals->ring[(arrivals->first + arrivals->count) % VH_MAX_ARRIVALS] = (vh_arrival){.number = seq, .arrival_us = arrival_us};
    if (arrivals->count < VH_MAX_ARRIVALS) {
        arrivals->count++;
    } else {
        arrivals->first = (arrivals->first + 1) % VH_MAX_ARRIVALS;
    }
}

static int64_t unwrapped(vh_arrivals *arrivals, int64_t seq)
{
    if (arrivals->highest < 0) {
        arrivals->highest = seq + 0xFFFF; /* room for packets that come before the first one */
    }
    int64_t number = arrivals->highest + ((seq - arrivals->highest + 0x8000) & 0xFFFF) - 0x8000;
    if (number > arrivals->highest) {
        arrivals->highest = number;
    }
    return number;
}

static int by_number_and_arrival(const void *left, const void *right)
{
    const vh_arrival *one = left, *other = right;
    if (one->number != other->number) {
        return one->number < other->number ? -1 : 1;
    }
    return one->order < other->order ? -1 : one->order > other->order;
}

/* Of a duplicate the first arrival counts. */
static uint32_t sorted_without_duplicates(vh_arrival *taken, uint32_t count)
{
    qsort(taken, count, sizeof *taken, by_number_and_arrival);
    uint32_t kept = 0;
    for (uint32_t index = 0; index < count; index++) {
        if (kept == 0 || taken[index].number != taken[kept - 1].number) {
            taken[kept++] = taken[index];
        }
    }
    return kept;
}

void vh_arrivals_take(vh_arrivals *arrivals)
{
    int in_order = 1;
    for (uint32_t index = 0; index < arrivals->count; index++) {
        vh_arrival arrival = arrivals->ring[(arrivals->first + index) % VH_MAX_ARRIVALS];
        arrival.number = unwrapped(arrivals, arrival.number);
        arrival.order = index;
        arrivals->taken[index] = arrival;
        in_order = in_order && (index == 0 || arrivals->taken[index - 1].number < arrival.number);
    }
    uint32_t count = arrivals->count;
    arrivals->first = arrivals->count = arrivals->told_count = 0;
    arrivals->taken_count = in_order ? count : sorted_without_duplicates(arrivals->taken, count);
}

static int64_t ticks_between(int64_t from_us, int64_t to_us)
{
    int64_t difference = to_us - from_us, ticks = difference / DELTA_US;
    return difference % DELTA_US < 0 ? ticks - 1 : ticks;
}

static int64_t base_of(const vh_arrivals *arrivals, int64_t number)
{
    int told_of_the_ones_before = 0 <= arrivals->next && arrivals->next <= number && number <= arrivals->next + MAX_GAP;
    return told_of_the_ones_before ? arrivals->next : number;
}

static int fits(const feedback_message *message, int64_t lost, int64_t ticks, int64_t end, int64_t told_until)
{
    return lost <= (end >= told_until ? MAX_GAP : 0) && message->count + lost < MAX_STATUSES && ticks >= INT16_MIN &&
           ticks <= INT16_MAX;
}

/* Fills the message with as many arrivals as fit. */
static void fill(vh_arrivals *arrivals, feedback_message *message)
{
    vh_arrival first = arrivals->taken[arrivals->told_count++];
    message->base = base_of(arrivals, first.number);
    message->reference_time = first.arrival_us / REFERENCE_US;
    int64_t last_us = message->reference_time * REFERENCE_US;
    int64_t ticks = ticks_between(last_us, first.arrival_us);
    feedback_add_lost(message, (uint32_t)(first.number - message->base));
    feedback_add_arrival(message, ticks);
    last_us += ticks * DELTA_US;
    while (arrivals->told_count < arrivals->taken_count) {
        vh_arrival arrival = arrivals->taken[arrivals->told_count];
        int64_t end = message->base + message->count, lost = arrival.number - end;
        ticks = ticks_between(last_us, arrival.arrival_us);
        if (!fits(message, lost, ticks, end, arrivals->next)) {
            return;
        }
        feedback_add_lost(message, (uint32_t)lost);
        feedback_add_arrival(message, ticks);
        last_us += ticks * DELTA_US;
        arrivals->told_count++;
    }
}

size_t vh_arrivals_feedback(vh_arrivals *arrivals, uint32_t sender_ssrc, uint32_t media_ssrc, uint8_t *out)
{
    if (arrivals->told_count >= arrivals->taken_count) {
        return 0;
    }
    feedback_message message = {.feedback_count = (uint8_t)arrivals->feedback_count++};
    fill(arrivals, &message);
    if (message.base + message.count > arrivals->next) {
        arrivals->next = message.base + message.count;
    }
    return feedback_write(&message, sender_ssrc, media_ssrc, out, VH_MAX_FEEDBACK);
}
