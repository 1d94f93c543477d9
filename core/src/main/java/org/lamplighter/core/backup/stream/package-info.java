/**
 * What writing and opening a backup share (docs/spec/09-backup.md): header, segments, and the paths that may stand in one. Not
 * exported.
 */
package org.lamplighter.core.backup.stream;
