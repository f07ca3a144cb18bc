import { type ConnectionBudget, createConnectionBudget } from './connection-budget.ts';

/** The connection budgets of all accounts. One that signs in again goes on with its own. */
export interface Budgets {
  of(accountKey: string): ConnectionBudget;
  /** Closes what is kept alive for a next request, as after a change of network. */
  closeIdle(): void;
}

/** `most`: the most connections that one account may have open. */
export function createBudgets(most: number): Budgets {
  const budgets = new Map<string, ConnectionBudget>();
  return {
    of(accountKey) {
      const budget = budgets.get(accountKey) ?? createConnectionBudget(most);
      budgets.set(accountKey, budget);
      return budget;
    },
    closeIdle() {
      for (const budget of budgets.values()) budget.closeIdle();
    },
  };
}
