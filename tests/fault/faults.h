/*
 * The parts of the test: each gives its faults to the trial, and says in a
 * line how much it tried.
 */
#ifndef FAULT_FAULTS_H
#define FAULT_FAULTS_H

#include "trial.h"

void try_memory(struct trial *trial);
void try_calls(struct trial *trial);
void try_kills(struct trial *trial);
void try_swaps(struct trial *trial);
void try_races(struct trial *trial);
void try_clocks(struct trial *trial);
void try_letters(struct trial *trial);

#endif
