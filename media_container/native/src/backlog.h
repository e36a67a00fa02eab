/* A socket that more comes to than is read: as Python's net/backlog.py, which tells why, and whose numbers these are. */
#ifndef VARDRUM_BACKLOG_H
#define VARDRUM_BACKLOG_H

#include <stdint.h>
#include <sys/socket.h>

enum { VH_PATIENCE_US = 50000, VH_LOOK_INTERVAL_US = 5000, VH_RELIEF_US = 250000, VH_LARGEST_KEPT = 400, VH_MOST_SHED = 16384 };
enum { VH_SILENCE_US = 1000000 };
enum { VH_MORE = 16, VH_RELIEF_SHIFT = 4, VH_EVERYBODY = 256 };

typedef struct {
    int64_t looked_at_us;
    int64_t full_since_us;   /* 0: it is not half full */
    int64_t changed_at_us;   /* the level */
    int64_t media_ahead;     /* of datagrams read since it was empty: media of known addresses, less all others */
    uint32_t salt;
    int level; /* of 256 senders so many lose their pictures */
    int sheds; /* what waits is thrown away, whoever sent it */
} vh_backlog;

static inline void vh_backlog_emptied(vh_backlog *backlog, int64_t now_us)
{
    backlog->sheds = 0;
    backlog->full_since_us = 0;
    backlog->media_ahead = 0;
    if (backlog->level && now_us - backlog->changed_at_us >= VH_RELIEF_US) {
        backlog->level -= 1 + ((backlog->level - 1) >> VH_RELIEF_SHIFT);
        backlog->changed_at_us = now_us;
    }
}

/* Whether the socket's buffer is half full; not where the kernel does not tell. */
static inline int vh_backlog_is_half_full(int socket)
{
    enum { MEMORY_INFO = 55, USED = 0, MOST = 1 }; /* SO_MEMINFO, linux/sock_diag.h */
    uint32_t memory[2] = {0, 0};
    socklen_t length = sizeof memory;
    return !getsockopt(socket, SOL_SOCKET, MEMORY_INFO, memory, &length) && 2 * (uint64_t)memory[USED] > memory[MOST];
}

/* Before reading. A flood of strangers' datagrams is no reason to throw media away. */
static inline void vh_backlog_look(vh_backlog *backlog, int socket, int64_t now_us)
{
    if (now_us - backlog->looked_at_us >= VH_SILENCE_US) {
        backlog->level = 0;
    }
    if (now_us - backlog->looked_at_us < VH_LOOK_INTERVAL_US) {
        return;
    }
    backlog->looked_at_us = now_us;
    if (!vh_backlog_is_half_full(socket)) {
        backlog->full_since_us = 0;
    } else if (!backlog->full_since_us) {
        backlog->full_since_us = now_us;
    } else if (backlog->media_ahead > 0 && now_us - backlog->full_since_us >= VH_PATIENCE_US) {
        backlog->salt += !backlog->level;
        backlog->level = backlog->level + VH_MORE < VH_EVERYBODY ? backlog->level + VH_MORE : VH_EVERYBODY;
        backlog->changed_at_us = backlog->full_since_us = now_us;
        backlog->sheds = 1;
    }
}

/* Whether a datagram from this port is thrown away: RTP (RFC 7983, RFC 5761) of a picture, if it is too much. */
static inline int vh_backlog_drops(const vh_backlog *backlog, const uint8_t *datagram, uint32_t size, uint16_t port)
{
    if (!(backlog->sheds || backlog->level) || size <= VH_LARGEST_KEPT || datagram[0] < 128 || datagram[0] > 191 ||
        (datagram[1] >= 192 && datagram[1] <= 223)) {
        return 0;
    }
    return backlog->sheds || (int)((port + backlog->salt) * 40503 >> 4) % VH_EVERYBODY < backlog->level;
}

#endif
