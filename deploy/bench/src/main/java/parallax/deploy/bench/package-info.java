/**
 * What the product costs. Built and run by
 *
 * <pre>{@code
 * mvn -pl deploy/bench -am package -DskipTests && java -jar deploy/bench/target/benchmarks.jar
 * }</pre>
 */
@NullMarked
package parallax.deploy.bench;

import org.jspecify.annotations.NullMarked;
