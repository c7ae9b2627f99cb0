/**
 * Below which suffixes names are registered: the Public Suffix List. The shipped copy, {@code
 * public_suffix_list.dat.gz}, is under the Mozilla Public License 2.0 and comes from
 * publicsuffix.org; a newer file can take its place at run time. Imports the package above.
 */
@NullMarked
package parallax.probe.registration.suffix;

import org.jspecify.annotations.NullMarked;
