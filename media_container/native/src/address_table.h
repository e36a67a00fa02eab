/* Which transport an address belongs to. Only addresses of authenticated ICE checks come in here. */
#ifndef VARDRUM_ADDRESS_TABLE_H
#define VARDRUM_ADDRESS_TABLE_H

#include <netinet/in.h>
#include <stdint.h>

/* Open addressing; at most half of it is used, so that a look-up ends soon. */
enum { VH_ADDRESS_SLOTS = 1 << 15, VH_MAX_ADDRESSES = VH_ADDRESS_SLOTS / 2 };

typedef struct {
    uint64_t low, high; /* of the IP address; of IPv4 `high` is 0 */
    uint32_t scope;
    uint16_t port; /* in network byte order */
    uint16_t family;
} vh_address;

typedef struct {
    vh_address address; /* family 0: free */
    void *owner;
} vh_address_slot;

typedef struct {
    uint64_t seed;
    uint32_t count;
    vh_address_slot slots[VH_ADDRESS_SLOTS];
} vh_address_table;

/* The address of a datagram's sender; family 0 if it is of no family known. */
vh_address vh_address_of(const struct sockaddr_storage *from);

/* Replaces a former owner. 0 if the table is full. */
int vh_address_add(vh_address_table *table, vh_address address, void *owner);
void vh_address_remove(vh_address_table *table, vh_address address);
void *vh_address_find(const vh_address_table *table, vh_address address);

#endif
