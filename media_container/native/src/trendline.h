/* Whether the queue on the way grows, from the trend of the delay: mediaserver/rtp/trendline.py, operation by operation. */
#ifndef VARDRUM_TRENDLINE_H
#define VARDRUM_TRENDLINE_H

#include <stdint.h>

#include "bursts.h"

enum { VH_TREND_WINDOW = 20 };
enum { VH_NORMAL = 0, VH_OVERUSE = 1, VH_UNDERUSE = 2 };

typedef struct {
    double x; /* ms */
    double y;
} vh_sample;

typedef struct {
    int usage;
    int has_former;
    vh_group former;
    uint32_t first; /* of `samples`, a ring */
    uint32_t sample_count;
    vh_sample samples[VH_TREND_WINDOW];
    int64_t count;
    double clock_ms;
    double delay_ms;
    double smoothed_ms;
    double threshold_ms;
    double trend;
    double over_ms;
    int64_t over_count;
} vh_trendline;

void vh_trendline_start(vh_trendline *line);

/* Takes in groups in their order; `usage` is the verdict. */
void vh_trendline_update(vh_trendline *line, const vh_group *groups, uint32_t count);

#endif
