#include "support/shop.h"

struct workshop shop;

void
open_shop(void)
{
    workshop_open(&shop);
}

void
close_shop(void)
{
    workshop_close(&shop);
}
