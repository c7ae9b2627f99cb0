/**
 * A configuration in git: where it lies, a bare mirror of it in the data folder, and the files of
 * one commit, read straight from its trees. Nothing is ever checked out, no hook, filter or
 * submodule is looked at, and what the machine's own git is configured to do is not asked.
 * Everything that a remote can do wrong is a value. Imports view and config.
 */
@NullMarked
package parallax.coordinator.configuration.git;

import org.jspecify.annotations.NullMarked;
