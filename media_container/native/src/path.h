/* What was sent to one receiver under transport-wide numbers, and what its feedback tells of it, gathered until Python
   takes it: mediaserver/rtp/path_feedback.py and sent_history.py. */
#ifndef VARDRUM_PATH_H
#define VARDRUM_PATH_H

#include <stdint.h>

#include "acknowledged_rate.h"
#include "bursts.h"
#include "queue_delay.h"
#include "told.h"
#include "trendline.h"

enum { VH_MAX_SENT = 8192, VH_MAX_KEPT_PACKETS = 1024 };

typedef struct {
    int64_t sent_at_us;
    uint32_t seq;
    uint32_t size; /* of the datagram; 0: nothing that is still to be told of */
} vh_sent_packet;

typedef struct {
    int64_t number;
    int64_t size;
    int64_t sent_at_us;
    int64_t arrival_us; /* of the receiver's clock, which does not wrap here */
} vh_acknowledged;

/* As Python's PathNews; times of the monotonic clock, 0: never. */
typedef struct {
    double round_trip_ms;
    double standing_ms;
    double acknowledged_bps;
    double recent_bps;
    int64_t usage;
    int64_t heard_at_us;
    int64_t sent_at_us;
    int64_t unanswered_since_us;
    int64_t acknowledged;
    int64_t lost;
    int64_t packet_count;
} vh_news;

typedef struct {
    vh_news news;
    uint64_t bytes_sent;
    uint16_t next_number;
    uint8_t keeps_packets;
    uint8_t has_arrived;
    int64_t oldest; /* everything before is settled; -1 before the first packet */
    int64_t newest_acknowledged_sent_at_us;
    int64_t arrival_us; /* the last one told of, if `has_arrived` */
    uint32_t packet_count; /* of `packets`; of more than fit the oldest are left out */
    vh_acknowledged packets[VH_MAX_KEPT_PACKETS];
    vh_bursts bursts;
    vh_trendline trend;
    vh_queue_delay queue;
    vh_acknowledged_rate rate;
    uint8_t told[VH_MAX_SENT]; /* whether feedback spoke of the number */
    vh_sent_packet ring[VH_MAX_SENT];
} vh_path;

void vh_path_start(vh_path *path, double round_trip_ms);

/* A datagram was sent; numbers are in order. */
void vh_path_sent(vh_path *path, uint16_t number, uint32_t size, int64_t now_us);

/* Matches a message with what was sent. Unknown numbers and what was told before are left out. */
void vh_path_feedback(vh_path *path, const vh_told *told, int64_t now_us);

/* What is new since the last time, and how things are now; so many of `packets` are good until the next feedback. */
void vh_path_take(vh_path *path, vh_news *news);

#endif
