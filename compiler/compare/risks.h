/*
 * Short names for the bits of enum risk, for the tables. Private to the files
 * that read one.
 */
#ifndef COMPARE_RISKS_H
#define COMPARE_RISKS_H

#include "compare/compare.h"

enum {
    DOWNTIME = 1 << RISK_DOWNTIME,
    DATA = 1 << RISK_DATA,
    SECURITY = 1 << RISK_SECURITY,
    TRAFFIC = 1 << RISK_TRAFFIC,
    RESTART = 1 << RISK_RESTART,
    COST = 1 << RISK_COST,
};

#endif
