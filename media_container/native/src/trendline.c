#include "trendline.h"

enum { MAX_COUNT = 60 };

static const double SMOOTHING = 0.9, GAIN = 4, INITIAL_THRESHOLD_MS = 12.5, MIN_THRESHOLD_MS = 6, MAX_THRESHOLD_MS = 600,
                    GAIN_UP = 0.0087, GAIN_DOWN = 0.039, MAX_STEP_MS = 100, OUTLIER_MS = 15, OVERUSE_MS = 10,
                    MAX_GAP_MS = 2000;

void vh_trendline_start(vh_trendline *line)
{
    *line = (vh_trendline){.usage = VH_NORMAL, .threshold_ms = INITIAL_THRESHOLD_MS};
}

static double ms_between(int64_t from_us, int64_t to_us)
{
    return (double)(to_us - from_us) / 1000;
}

static void add_sample(vh_trendline *line, vh_sample sample)
{
    line->samples[(line->first + line->sample_count) % VH_TREND_WINDOW] = sample;
    if (line->sample_count < VH_TREND_WINDOW) {
        line->sample_count++;
    } else {
        line->first = (line->first + 1) % VH_TREND_WINDOW;
    }
}

/* The queue grew by how much later the group came than it was sent, compared with the one before. */
static void add_group(vh_trendline *line, const vh_group *former, const vh_group *group)
{
    double arrival_ms = ms_between(former->arrived_us, group->arrived_us);
    if (arrival_ms > MAX_GAP_MS) {
        line->first = line->sample_count = 0;
        line->count = 0;
    }
    line->count++;
    line->clock_ms += arrival_ms;
    line->delay_ms += arrival_ms - ms_between(former->sent_us, group->sent_us);
    line->smoothed_ms += (1 - SMOOTHING) * (line->delay_ms - line->smoothed_ms);
    add_sample(line, (vh_sample){line->clock_ms, line->smoothed_ms});
}

/* Least squares over a full window, with the first sample for origin. */
static double slope(const vh_trendline *line)
{
    double sum_x = 0, sum_y = 0, sum_xx = 0, sum_xy = 0;
    vh_sample origin = line->samples[line->first];
    for (uint32_t place = 0; place < VH_TREND_WINDOW; place++) {
        vh_sample sample = line->samples[(line->first + place) % VH_TREND_WINDOW];
        double x = sample.x - origin.x, y = sample.y - origin.y;
        sum_x += x;
        sum_xx += x * x;
        sum_y += y;
        sum_xy += x * y;
    }
    double spread = VH_TREND_WINDOW * sum_xx - sum_x * sum_x;
    return spread > 0 ? (VH_TREND_WINDOW * sum_xy - sum_x * sum_y) / spread : 0;
}

/* Over-use is what lasts and does not get less. */
static int over(vh_trendline *line, double trend, double sent_ms, uint32_t groups)
{
    line->over_ms += sent_ms;
    line->over_count += groups;
    if (line->over_ms > OVERUSE_MS && line->over_count > 1 && trend >= line->trend) {
        line->over_ms = 0;
        line->over_count = 0;
        return VH_OVERUSE;
    }
    return line->usage == VH_OVERUSE ? VH_OVERUSE : VH_NORMAL;
}

/* The threshold follows the noise of the path. */
static void adapt(vh_trendline *line, double scaled_ms, double elapsed_ms)
{
    if (scaled_ms > line->threshold_ms + OUTLIER_MS) {
        return;
    }
    double gain = scaled_ms < line->threshold_ms ? GAIN_DOWN : GAIN_UP;
    double step_ms = elapsed_ms < MAX_STEP_MS ? elapsed_ms : MAX_STEP_MS;
    double moved_ms = line->threshold_ms + gain * (scaled_ms - line->threshold_ms) * step_ms;
    double least_ms = moved_ms > MIN_THRESHOLD_MS ? moved_ms : MIN_THRESHOLD_MS;
    line->threshold_ms = least_ms < MAX_THRESHOLD_MS ? least_ms : MAX_THRESHOLD_MS;
}

static int detect(vh_trendline *line, double trend, double sent_ms, double arrival_ms, uint32_t groups)
{
    int64_t count = line->count < MAX_COUNT ? line->count : MAX_COUNT;
    double scaled_ms = trend * (double)count * GAIN;
    int usage = VH_NORMAL;
    if (scaled_ms > line->threshold_ms) {
        usage = over(line, trend, sent_ms, groups);
    } else {
        line->over_ms = 0;
        line->over_count = 0;
        usage = scaled_ms < -line->threshold_ms ? VH_UNDERUSE : VH_NORMAL;
    }
    line->trend = trend;
    adapt(line, scaled_ms < 0 ? -scaled_ms : scaled_ms, arrival_ms);
    return usage;
}

void vh_trendline_update(vh_trendline *line, const vh_group *groups, uint32_t count)
{
    double sent_ms = 0, arrival_ms = 0;
    for (uint32_t index = 0; index < count; index++) {
        vh_group former = line->former;
        line->former = groups[index];
        if (line->has_former && groups[index].arrived_us >= former.arrived_us) {
            sent_ms += ms_between(former.sent_us, groups[index].sent_us);
            arrival_ms += ms_between(former.arrived_us, groups[index].arrived_us);
            add_group(line, &former, &groups[index]);
        }
        line->has_former = 1;
    }
    if (arrival_ms != 0) {
        double trend = line->sample_count == VH_TREND_WINDOW ? slope(line) : 0;
        line->usage = detect(line, trend, sent_ms, arrival_ms, count);
    }
}
