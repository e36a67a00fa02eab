/* What is counted for the whole node; Python adds it to its own counters. */
#ifndef VARDRUM_COUNTERS_H
#define VARDRUM_COUNTERS_H

#include <stdint.h>

enum {
    VH_DROP_UNKNOWN_ADDRESS,
    VH_DROP_RECEIVE_FAILED,
    VH_DROP_SEND_BUFFER_FULL,
    VH_DROP_SEND_FAILED,
    VH_DROP_SRTP_PROTECT,
    VH_DROP_SRTP_AUTHENTICATION,
    VH_DROP_SRTP_REPLAYED,
    VH_DROP_SRTP_TOO_OLD,
    VH_DROP_SRTP_ERROR,
    VH_DROP_OVERLOAD,
    VH_DROP_REASONS
};

typedef struct {
    uint64_t packets_received;
    uint64_t bytes_received;
    uint64_t packets_sent;
    uint64_t bytes_sent;
    uint64_t drops[VH_DROP_REASONS];
} vh_counters;

#endif
