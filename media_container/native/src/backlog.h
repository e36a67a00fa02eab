/* A socket that more comes to than is read: as Python's net/backlog.py, whose numbers these are. */
#ifndef VARDRUM_BACKLOG_H
#define VARDRUM_BACKLOG_H

#include <stdint.h>

enum { VH_PATIENCE_US = 250000, VH_LARGEST_KEPT = 400, VH_MOST_SHED = 16384 };

typedef struct {
    int64_t behind_since_us; /* 0: the socket was found empty */
    int64_t shed_at_us;      /* 0: never */
    int64_t media_ahead;     /* of datagrams read since then, how many more were media of known addresses than not */
    int sheds;
} vh_backlog;

static inline void vh_backlog_emptied(vh_backlog *backlog)
{
    backlog->sheds = 0;
    backlog->behind_since_us = 0;
    backlog->media_ahead = 0;
}

/* A flood of strangers' datagrams is no reason to throw media away. */
static inline void vh_backlog_left_over(vh_backlog *backlog, int64_t now_us)
{
    if (!backlog->behind_since_us) {
        backlog->behind_since_us = now_us;
    } else if (backlog->media_ahead > 0 && now_us - backlog->behind_since_us >= VH_PATIENCE_US) {
        backlog->sheds = 1;
        backlog->shed_at_us = now_us;
    }
}

/* RTP of a picture, by the first bytes (RFC 7983, RFC 5761). */
static inline int vh_is_dispensable(const uint8_t *datagram, uint32_t size)
{
    return size > VH_LARGEST_KEPT && datagram[0] >= 128 && datagram[0] <= 191 &&
           !(datagram[1] >= 192 && datagram[1] <= 223);
}

#endif
