/**
 * Who the journalist is, which newsroom and station are pinned, and what was last seen of them (docs/spec 8.4).
 *
 * <p>Start with {@link org.lamplighter.desk.profile.Profile}. Must not depend on messages, evidence or commands.
 */
package org.lamplighter.desk.profile;
