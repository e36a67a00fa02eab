#include "path.h"

#include <string.h>

enum { PLACE = VH_MAX_SENT - 1, REORDERING_US = 100000, RATE_US = 500000, RECENT_US = 250000 };

static const int64_t CLOCK_US = (int64_t)64000 << 24; /* the receiver's clock wraps after 12 days */

void vh_path_start(vh_path *path, double round_trip_ms)
{
    path->news.round_trip_ms = round_trip_ms;
    path->oldest = -1;
    vh_trendline_start(&path->trend);
}

void vh_path_sent(vh_path *path, uint16_t number, uint32_t size, int64_t now_us)
{
    if (path->oldest < 0) {
        path->oldest = number;
    }
    path->ring[number & PLACE] = (vh_sent_packet){now_us, number, size};
    path->next_number = (uint16_t)(number + 1);
    path->bytes_sent += size;
    if ((uint16_t)(path->next_number - path->oldest) > VH_MAX_SENT) {
        path->oldest = (uint16_t)(path->next_number - VH_MAX_SENT);
    }
    path->news.sent_at_us = now_us;
    if (!path->news.unanswered_since_us) {
        path->news.unanswered_since_us = now_us;
    }
}

/* Those which stay in the ring are missing. */
static void note_told(vh_path *path, uint32_t first, uint32_t count)
{
    uint32_t place = first & PLACE, total = count < VH_MAX_SENT ? count : VH_MAX_SENT;
    uint32_t straight = place + total > VH_MAX_SENT ? VH_MAX_SENT - place : total;
    memset(path->told + place, 1, straight);
    memset(path->told, 1, total - straight);
}

/* What to add to a message's times, so that they go on where the last message ended. */
static int64_t ahead_of(const vh_path *path, const vh_told *told)
{
    if (!path->has_arrived || !told->count) {
        return 0;
    }
    int64_t arrival_us = told->arrived[0].arrival_us, ahead = (arrival_us - path->arrival_us) % CLOCK_US;
    ahead += ahead < 0 ? CLOCK_US : 0;
    return path->arrival_us + (ahead < CLOCK_US / 2 ? ahead : ahead - CLOCK_US) - arrival_us;
}

static void keep(vh_path *path, vh_acknowledged packet)
{
    if (path->packet_count == VH_MAX_KEPT_PACKETS) {
        memmove(path->packets, path->packets + 1, (VH_MAX_KEPT_PACKETS - 1) * sizeof *path->packets);
        path->packet_count--;
    }
    path->packets[path->packet_count++] = packet;
}

/* The packet came; 0 if it is not known, or was told of before. */
static int acknowledge(vh_path *path, vh_arrived arrived, int64_t ahead_us, int64_t *sent_at_us)
{
    vh_sent_packet *sent = &path->ring[arrived.seq & PLACE];
    if (!sent->size || sent->seq != arrived.seq) {
        return 0;
    }
    int64_t arrival_us = arrived.arrival_us + ahead_us;
    vh_bursts_add(&path->bursts, sent->size, sent->sent_at_us, arrival_us);
    if (path->keeps_packets) {
        keep(path, (vh_acknowledged){sent->seq, sent->size, sent->sent_at_us, arrival_us});
    }
    path->arrival_us = arrival_us;
    path->has_arrived = 1;
    *sent_at_us = sent->sent_at_us;
    sent->size = 0;
    return 1;
}

/* Goes past what has arrived and what was sent before; how much of this had been told missing. */
static int64_t settle(vh_path *path, int64_t before_us)
{
    int64_t lost = 0;
    uint16_t oldest = (uint16_t)path->oldest;
    for (; oldest != path->next_number; oldest++) {
        vh_sent_packet *sent = &path->ring[oldest & PLACE];
        if (sent->size && sent->sent_at_us >= before_us) {
            break;
        }
        lost += sent->size && path->told[oldest & PLACE];
        sent->size = 0;
        path->told[oldest & PLACE] = 0;
    }
    path->oldest = oldest;
    return lost;
}

static void note_answer(vh_path *path, int64_t acknowledged, int64_t sent_at_us, int64_t now_us)
{
    vh_news *news = &path->news;
    news->acknowledged += acknowledged;
    news->heard_at_us = now_us;
    news->unanswered_since_us = 0;
    news->round_trip_ms += ((double)(now_us - sent_at_us) / 1000 - news->round_trip_ms) / 8;
    if (sent_at_us > path->newest_acknowledged_sent_at_us) {
        path->newest_acknowledged_sent_at_us = sent_at_us;
    }
}

void vh_path_feedback(vh_path *path, const vh_told *told, int64_t now_us)
{
    if (path->oldest < 0) {
        return;
    }
    note_told(path, told->base, told->status_count);
    int64_t ahead_us = ahead_of(path, told), acknowledged = 0, sent_at_us = 0;
    for (uint32_t index = 0; index < told->count; index++) {
        acknowledged += acknowledge(path, told->arrived[index], ahead_us, &sent_at_us);
    }
    if (acknowledged) {
        note_answer(path, acknowledged, sent_at_us, now_us);
    }
    path->news.lost += settle(path, path->newest_acknowledged_sent_at_us - REORDERING_US);
}

/* The arrivals since the last time. */
static void measure(vh_path *path)
{
    const vh_group *groups = path->bursts.complete;
    uint32_t count = path->bursts.count;
    vh_acknowledged_rate_update(&path->rate, groups, count);
    vh_queue_delay_update(&path->queue, groups, count);
    vh_trendline_update(&path->trend, groups, count);
    path->bursts.count = 0;
    path->news.usage = path->trend.usage;
    path->news.standing_ms = path->queue.standing_ms;
    path->news.acknowledged_bps = vh_acknowledged_rate_bps(&path->rate, RATE_US);
    path->news.recent_bps = vh_acknowledged_rate_bps(&path->rate, RECENT_US);
}

void vh_path_take(vh_path *path, vh_news *news)
{
    if (path->news.acknowledged) {
        measure(path);
    }
    path->news.packet_count = path->packet_count;
    *news = path->news;
    path->news.acknowledged = path->news.lost = 0;
    path->packet_count = 0;
}
