/** A user as Trino sees one: name, groups of the group provider, enabled roles. */
export interface AccessUser {
  readonly user: string;
  readonly groups?: readonly string[];
  readonly roles?: readonly string[];
}

/** A table or view by all three parts of its name. */
export interface TableName {
  readonly catalog: string;
  readonly schema: string;
  readonly table: string;
}

/** A function by all three parts of its name. */
export interface FunctionName {
  readonly catalog: string;
  readonly schema: string;
  readonly function: string;
}

/** A procedure by all three parts of its name. */
export interface ProcedureName {
  readonly catalog: string;
  readonly schema: string;
  readonly procedure: string;
}

/** Something that a user wants to do. */
export type AccessAction =
  | { readonly do: 'execute-query' }
  | { readonly do: 'view-query' | 'kill-query'; readonly owner: string }
  | { readonly do: 'read-system-information' | 'write-system-information' }
  | { readonly do: 'impersonate'; readonly as: string }
  | { readonly do: 'log-in'; readonly principal: string }
  | { readonly do: 'access-catalog'; readonly catalog: string }
  | { readonly do: 'own-schema'; readonly catalog: string; readonly schema: string }
  | ({ readonly do: 'select'; readonly columns?: readonly string[] } & TableName)
  | ({ readonly do: 'insert' | 'delete' | 'update' | 'own-table' } & TableName)
  | ({ readonly do: 'hand-over-table'; readonly to: string } & TableName)
  | ({ readonly do: 'execute-function' | 'own-function' } & FunctionName)
  | ({ readonly do: 'call-procedure' } & ProcedureName)
  | { readonly do: 'set-session-property'; readonly property: string; readonly catalog?: string };

/** The answer, and the rule that gave it. */
export interface AccessDecision {
  readonly allowed: boolean;
  /** `tables[2]`, or why no rule was asked. */
  readonly because: string;
  /** The condition by which a `select` sees fewer rows. */
  readonly filter?: string;
  /** What a `select` sees instead of columns. */
  readonly masks?: Readonly<Record<string, string>>;
}
