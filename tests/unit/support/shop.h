/*
 * A workshop for each test of a suite:
 *
 *     TestSuite(name, .init = open_shop, .fini = close_shop);
 */
#ifndef SUPPORT_SHOP_H
#define SUPPORT_SHOP_H

#include "support/workshop.h"

extern struct workshop shop;

void open_shop(void);
void close_shop(void);

#endif
