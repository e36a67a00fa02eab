/* The least that forwarding costs: receive, decrypt, encrypt for each receiver, send; nothing else. */
#include "load.h"

#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PORTS = 65536, MAX_SINKS = 32 };

struct route {
    void *inbound;
    int sinks;
    struct sockaddr_in addresses[MAX_SINKS];
    void *outbound[MAX_SINKS];
};

static void forward(const struct srtp_calls *srtp, int media, struct route *route, uint8_t *packet, int size) {
    uint8_t copy[DATAGRAM_BYTES];
    if (srtp->unprotect(route->inbound, packet, &size))
        return;
    for (int i = 0; i < route->sinks; i++) {
        int protected_size = size;
        memcpy(copy, packet, (size_t)size);
        if (!srtp->protect(route->outbound[i], copy, &protected_size))
            sendto(media, copy, (size_t)protected_size, MSG_DONTWAIT, (struct sockaddr *)&route->addresses[i],
                   sizeof route->addresses[i]);
    }
}

static void forward_waiting(const struct srtp_calls *srtp, int media, struct route *const *routes) {
    uint8_t packet[DATAGRAM_BYTES];
    struct sockaddr_in from;
    for (;;) {
        socklen_t from_size = sizeof from;
        ssize_t size = recvfrom(media, packet, sizeof packet - 64, MSG_DONTWAIT, (struct sockaddr *)&from, &from_size);
        if (size < 0)
            return;
        struct route *route = routes[ntohs(from.sin_port)];
        if (route && size >= 12)
            forward(srtp, media, route, packet, (int)size);
    }
}

/* Forward by the publisher's port until there is something to read on `control`. */
void floor_run(const struct srtp_calls *srtp, int media, int control, struct route *const *routes) {
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event events[2] = {{.events = EPOLLIN, .data.fd = media}, {.events = EPOLLIN, .data.fd = control}};
    epoll_ctl(epoll, EPOLL_CTL_ADD, media, &events[0]);
    epoll_ctl(epoll, EPOLL_CTL_ADD, control, &events[1]);
    for (bool ordered = false; !ordered;) {
        int count = epoll_wait(epoll, events, 2, -1);
        for (int i = 0; i < count; i++)
            if (events[i].data.fd == control)
                ordered = true;
            else
                forward_waiting(srtp, media, routes);
    }
    close(epoll);
}
