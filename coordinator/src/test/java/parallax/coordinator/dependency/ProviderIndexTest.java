package parallax.coordinator.dependency;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.ConfigurationLoader;
import parallax.config.Loaded;
import parallax.config.policy.Provider;
import parallax.config.secret.SecretSource;
import parallax.coordinator.core.watch.Dependency;

final class ProviderIndexTest {
  private static final ProviderIndex KNOWN = new ProviderIndex(providers(""));

  private static List<Provider> providers(String yaml) {
    Loaded loaded =
        ConfigurationLoader.parse(
            Path.of("test.yaml"), yaml.getBytes(StandardCharsets.UTF_8), SecretSource.ofMachine());
    return ((Loaded.Valid) loaded).configuration().providers();
  }

  private static String found(ProviderIndex index, String name) {
    return index.find(name).map(Dependency::toString).orElse("");
  }

  @ParameterizedTest
  @CsvSource({
    "dualstack.n.sni.global.fastly.net, cdn:fastly",
    "shop.example.com.edgekey.net, cdn:akamai",
    "e1234.a.akamaiedge.net, cdn:akamai",
    "d111111abcdef8.cloudfront.net, cdn:cloudfront",
    "www.example.com.cdn.cloudflare.net, cdn:cloudflare",
    "shop.azurefd.net, cdn:azure-front-door",
    "part-0032.t-0009.t-msedge.net, cdn:azure-front-door",
    "x.incapdns.net, cdn:imperva",
    "my-lb-12.us-east-1.elb.amazonaws.com, cloud:aws/us-east-1",
    "dualstack.my-lb-12.eu-west-1.elb.amazonaws.com, cloud:aws/eu-west-1",
    "my-nlb-0a1.elb.ap-northeast-1.amazonaws.com, cloud:aws/ap-northeast-1",
    "ec2-192-0-2-1.eu-central-1.compute.amazonaws.com, cloud:aws/eu-central-1",
    "ec2-192-0-2-1.compute-1.amazonaws.com, cloud:aws",
    "vm.westeurope.cloudapp.azure.com, cloud:azure/westeurope",
    "shop.azurewebsites.net, cloud:azure",
    "ghs.googlehosted.com, cloud:google",
    "ghs.google.com, cloud:google",
    "octocat.github.io, cloud:github-pages",
    "quiet-fern-1.herokudns.com, cloud:heroku",
    "shop.netlify.app, cloud:netlify",
    "cname.vercel-dns.com, cloud:vercel",
    "0123abcd.vercel-dns-016.com, cloud:vercel",
    "shops.myshopify.com, cloud:shopify",
    "blog.wordpress.com, cloud:wordpress.com",
    "ns-1.awsdns-00.com, dns:route53",
    "ns-2048.awsdns-64.co.uk, dns:route53",
    "ada.ns.cloudflare.com, dns:cloudflare-dns",
    "ns1-01.azure-dns.com, dns:azure-dns",
    "ns-cloud-a1.googledomains.com, dns:google-dns",
    "ns1.p43.dynect.net, dns:dyn",
    "pdns1.ultradns.net, dns:ultradns",
    "dns1.p01.nsone.net, dns:ns1"
  })
  void knowsTheCommonOnes(String name, String dependency) {
    assertThat(found(KNOWN, name)).isEqualTo(dependency);
  }

  @ParameterizedTest
  @CsvSource({
    "www.example.com",
    "fastly.net",
    "notfastly.net",
    "x.fastly.net.example.com",
    "www.google.com",
    "ns-1.awsdns-.com",
    "ns-1.awsdns-x1.com",
    "a..fastly.net",
    ".fastly.net",
    "com",
    "''"
  })
  void takesNothingElseForOne(String name) {
    assertThat(found(KNOWN, name)).isEmpty();
  }

  @Test
  void theUsersOwnCountFirst() {
    ProviderIndex index =
        new ProviderIndex(
            providers(
                """
                providers:
                  - {name: own-lb, kind: cloud, match: {cname: "*.elb.amazonaws.com"}}
                  - {name: fastly, kind: dns, match: {cname: "exact.example.net"}}
                """));
    assertThat(found(index, "x.us-east-1.elb.amazonaws.com")).isEqualTo("cloud:own-lb");
    assertThat(found(index, "x.s3.us-east-1.amazonaws.com")).isEqualTo("cloud:aws/us-east-1");
    assertThat(found(index, "exact.example.net")).isEqualTo("dns:fastly");
    assertThat(found(index, "x.exact.example.net")).isEmpty();
    assertThat(found(index, "x.global.fastly.net")).isEmpty();
  }

  @Test
  void aRegionIsOneLabel() {
    ProviderIndex index =
        new ProviderIndex(
            List.of(
                new Provider(
                    "own",
                    Provider.Kind.CLOUD,
                    List.of("{region}.z{number}.example.net"),
                    List.of())));
    assertThat(found(index, "eu-1.z12.example.net")).isEqualTo("cloud:own/eu-1");
    assertThat(found(index, "x.eu-1.z12.example.net")).isEmpty();
    assertThat(found(index, "<b>.z12.example.net")).isEmpty();
  }
}
