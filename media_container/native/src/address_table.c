#include "address_table.h"

#include <string.h>

vh_address vh_address_of(const struct sockaddr_storage *from)
{
    vh_address address = {0};
    if (from->ss_family == AF_INET) {
        const struct sockaddr_in *v4 = (const struct sockaddr_in *)from;
        address.low = v4->sin_addr.s_addr;
        address.port = v4->sin_port;
        address.family = AF_INET;
    } else if (from->ss_family == AF_INET6) {
        const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)from;
        memcpy(&address.low, v6->sin6_addr.s6_addr, 8);
        memcpy(&address.high, v6->sin6_addr.s6_addr + 8, 8);
        address.scope = v6->sin6_scope_id;
        address.port = v6->sin6_port;
        address.family = AF_INET6;
    }
    return address;
}

static uint64_t mixed(uint64_t value)
{
    value ^= value >> 33;
    value *= 0xff51afd7ed558ccdULL;
    value ^= value >> 33;
    value *= 0xc4ceb9fe1a85ec53ULL;
    return value ^ (value >> 33);
}

static uint32_t first_slot(const vh_address_table *table, vh_address address)
{
    uint64_t rest = (uint64_t)address.scope << 32 | (uint64_t)address.port << 16 | address.family;
    uint64_t hash = mixed(address.low ^ table->seed);
    hash = mixed(hash ^ address.high);
    return (uint32_t)(mixed(hash ^ rest) % VH_ADDRESS_SLOTS);
}

static int same(vh_address one, vh_address other)
{
    return one.low == other.low && one.high == other.high && one.scope == other.scope && one.port == other.port &&
           one.family == other.family;
}

/* The slot that holds the address, or the free one where it would be. */
static uint32_t slot_of(const vh_address_table *table, vh_address address)
{
    uint32_t at = first_slot(table, address);
    while (table->slots[at].address.family && !same(table->slots[at].address, address)) {
        at = (at + 1) % VH_ADDRESS_SLOTS;
    }
    return at;
}

int vh_address_add(vh_address_table *table, vh_address address, void *owner)
{
    if (!address.family) {
        return 0;
    }
    uint32_t at = slot_of(table, address);
    if (!table->slots[at].address.family) {
        if (table->count >= VH_MAX_ADDRESSES) {
            return 0;
        }
        table->count++;
    }
    table->slots[at] = (vh_address_slot){address, owner};
    return 1;
}

void *vh_address_find(const vh_address_table *table, vh_address address)
{
    const vh_address_slot *slot = &table->slots[slot_of(table, address)];
    return slot->address.family ? slot->owner : NULL;
}

/* Whether the entry at `at` may move up to `hole`: its first slot does not lie between the two. */
static int may_move(const vh_address_table *table, uint32_t at, uint32_t hole)
{
    uint32_t distance = (at - first_slot(table, table->slots[at].address)) % VH_ADDRESS_SLOTS;
    return distance >= (at - hole) % VH_ADDRESS_SLOTS;
}

void vh_address_remove(vh_address_table *table, vh_address address)
{
    uint32_t hole = slot_of(table, address);
    if (!table->slots[hole].address.family) {
        return;
    }
    table->count--;
    for (uint32_t at = (hole + 1) % VH_ADDRESS_SLOTS; table->slots[at].address.family; at = (at + 1) % VH_ADDRESS_SLOTS) {
        if (may_move(table, at, hole)) {
            table->slots[hole] = table->slots[at];
            hole = at;
        }
    }
    table->slots[hole] = (vh_address_slot){0};
}
