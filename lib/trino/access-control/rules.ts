/**
 * The rules file of Trino's file-based access control, key for key: a rule of Trino's documentation can be pasted.
 * Every text that selects something is a Java regular expression that must match the whole name.
 * @see https://trino.io/docs/current/security/file-system-access-control.html
 */

/** Whom a rule is for; a part that is left out matches everybody. */
export interface Who {
  readonly user?: string;
  /** One of the roles that the session has enabled. */
  readonly role?: string;
  /** One of the user's groups, as the group provider says. */
  readonly group?: string;
}

/** What a user may do with a catalog as a whole; `owner` may drop it, too. */
export type CatalogAccess = 'owner' | 'all' | 'read-only' | 'none';

/** Who may do what with which catalogs; no later section gives back what is denied here. */
export interface CatalogRule extends Who {
  readonly catalog?: string;
  readonly allow: CatalogAccess;
}

/** Who owns which schemas. */
export interface SchemaRule extends Who {
  readonly catalog?: string;
  readonly schema?: string;
  /** An owner creates, drops and renames the schema. */
  readonly owner: boolean;
}

/** `OWNERSHIP` creates, changes and drops a table; `GRANT_SELECT` makes views of it that others may read. */
export type TablePrivilege = 'SELECT' | 'INSERT' | 'DELETE' | 'UPDATE' | 'OWNERSHIP' | 'GRANT_SELECT';

/** As whom a filter or a mask reads other tables. */
export interface ExpressionEnvironment {
  readonly user: string;
}

/** A column that is hidden or masked; columns that are not listed are seen. */
export interface ColumnConstraint {
  readonly name: string;
  /** @default true */
  readonly allow?: boolean;
  /** An SQL expression that is shown instead of the column; of its type, or of one that Trino turns into it unasked. */
  readonly mask?: string;
  readonly mask_environment?: ExpressionEnvironment;
}

/** Who may do what with which tables, and which columns and rows of them are seen. */
export interface TableRule extends Who {
  readonly catalog?: string;
  readonly schema?: string;
  readonly table?: string;
  /** None of them hides the table. */
  readonly privileges: readonly TablePrivilege[];
  readonly columns?: readonly ColumnConstraint[];
  /** An SQL condition: only the rows for which it holds are seen. */
  readonly filter?: string;
  readonly filter_environment?: ExpressionEnvironment;
}

/** Who may call which functions, use them in views for others, and create or drop them. */
export interface FunctionRule extends Who {
  readonly catalog?: string;
  readonly schema?: string;
  readonly function?: string;
  readonly privileges: readonly ('EXECUTE' | 'GRANT_EXECUTE' | 'OWNERSHIP')[];
}

/** Who may call which procedures. */
export interface ProcedureRule extends Who {
  readonly catalog?: string;
  readonly schema?: string;
  readonly procedure?: string;
  readonly privileges: readonly ('EXECUTE' | 'GRANT_EXECUTE')[];
}

/** What a user may do with queries: run them, see them, end them. */
export type QueryAccess = 'execute' | 'view' | 'kill';

/** Who may run queries, and see or end those of whom. */
export interface QueryRule extends Who {
  /** Whose queries; not together with `execute`, because a query has no owner before it runs. */
  readonly queryOwner?: string;
  readonly allow: readonly QueryAccess[];
}

/** Who may run queries as somebody else. It knows users and roles, no groups. */
export interface ImpersonationRule {
  readonly original_user?: string;
  readonly original_role?: string;
  /** May refer to groups of `original_user`: `$1`; beside one, backslashes are taken out of it: write `[.]` for a dot. */
  readonly new_user: string;
  /** @default true */
  readonly allow?: boolean;
}

/** Which authenticated principal may be which user. Deprecated in Trino: prefer user mapping and impersonation. */
export interface PrincipalRule {
  readonly principal: string;
  readonly user?: string;
  /** The user's name, with `$1` for what the first group of `principal` caught; of `.+`, because `.*` matches twice. */
  readonly principal_to_user?: string;
  readonly allow: boolean;
}

/** Who may read (`/metrics`, `/v1/node`) and write (graceful shutdown). It knows users and roles, no groups. */
export interface SystemInformationRule {
  readonly user?: string;
  readonly role?: string;
  readonly allow: readonly ('read' | 'write')[];
}

/** Who may hand a schema, table or view over to whom; one of `new_user` and `new_role` is required. */
export interface AuthorizationRule {
  readonly original_user?: string;
  readonly original_group?: string;
  readonly original_role?: string;
  readonly new_user?: string;
  readonly new_role?: string;
  /** @default true */
  readonly allow?: boolean;
}

/** Who may set which session properties of Trino itself. */
export interface SessionPropertyRule extends Who {
  readonly property?: string;
  readonly allow: boolean;
}

/** Who may set which session properties of which catalogs. */
export interface CatalogSessionPropertyRule extends SessionPropertyRule {
  readonly catalog?: string;
}

/**
 * A rules file. In each section the first rule that matches decides, and no match means no.
 * A section that is left out allows everything, except that nobody may impersonate, read or write system information,
 * hand over ownership, call a procedure or use a function that is not built in.
 */
export interface AccessRules {
  readonly catalogs?: readonly CatalogRule[];
  readonly schemas?: readonly SchemaRule[];
  readonly tables?: readonly TableRule[];
  readonly functions?: readonly FunctionRule[];
  readonly procedures?: readonly ProcedureRule[];
  readonly queries?: readonly QueryRule[];
  readonly impersonation?: readonly ImpersonationRule[];
  readonly principals?: readonly PrincipalRule[];
  readonly system_information?: readonly SystemInformationRule[];
  readonly authorization?: readonly AuthorizationRule[];
  readonly system_session_properties?: readonly SessionPropertyRule[];
  readonly catalog_session_properties?: readonly CatalogSessionPropertyRule[];
}

/** The sections of a rules file, by their keys. */
export type SectionName = keyof AccessRules;
/** A rule of whichever section. */
export type AnyRule = NonNullable<AccessRules[SectionName]>[number];
