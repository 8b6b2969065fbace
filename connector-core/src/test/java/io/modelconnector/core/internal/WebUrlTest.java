package io.modelconnector.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that the URL parser of a browser accepts or rejects without a base; checked against one. */
final class WebUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                // web
                "https://example.com",
                "HTTPS://EXAMPLE.COM/Path?query=a b#fragment",
                "  https://example.com\n",
                "ht\ntps://exa\tmple.com",
                "http:example.com",
                "http:/example.com",
                "http:///example.com",
                "https:\\\\example.com\\path",
                "http://example.com:80",
                "http://example.com:/",
                "http://example.com:000065535",
                "http://user:password@example.com",
                "http://a@b@example.com",
                "http://example.com/a:b@c[d]",
                "http://localhost?x",
                "http://my_host#x",
                "http://a..b/",
                "http://-a-.b",
                "http://exam%70le.com",
                "http://a!$&'()*+,;=~b",
                "ws://example.com",
                "ftp://example.com",
                // addresses
                "http://192.168.0.1:8080",
                "http://1.2.3",
                "http://0x7f.1",
                "http://0x.0x",
                "http://4294967295",
                "http://1.16777215",
                "http://1.2.65535.",
                "http://a.1b",
                "http://[::1]:8080/x",
                "http://[::]",
                "http://[2001:db8:0:0:0:0:0:1]",
                "http://[1:2:3:4:5:6:7::]",
                "http://[::ffff:192.168.0.1]",
                "http://[1:2:3:4:5:6:1.2.3.4]",
                "foo://[::1]:80",
                // domains beyond ASCII
                "http://müller.example",
                "http://日本.jp",
                "http://１.２.３.４",
                // files
                "file:",
                "file:x",
                "file:///etc/passwd",
                "file://host/x",
                "file://C:/x",
                "file:\\\\C|\\x",
                // schemes that browsers know nothing about
                "s3://bucket/path",
                "s3://my_bucket",
                "s3:///path",
                "s3://",
                "oci://quay.io/models/granite:1",
                "hf://Qwen/Qwen3-Coder-30B",
                "pvc://claim/path",
                "grpc://granite.ml-prod.svc.cluster.local:8033",
                "git+ssh://git@example.com/x.git",
                "foo://a%zzb",
                "foo:bar baz",
                "foo:/x",
                "mailto:ml@example.com",
                "javascript:alert(1)",
                "localhost:8080",
                "example.com:8080/x",
            })
    void accepts(String url) {
        assertThat(WebUrl.isValid(url)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // no scheme
                "",
                "   ",
                "TBD",
                "models/x",
                "see wiki",
                "see wiki: granite",
                "/mnt/models",
                "//example.com/x",
                "?query",
                "#fragment",
                "www.example.com",
                "example.com/a:b",
                "://example.com",
                ":x",
                "1x://example.com",
                "é://example.com",
                // no host
                "http:",
                "http://",
                "https:///",
                "https://?x",
                "https://#x",
                "http://:80",
                "http://user@",
                "http://user@/x",
                "foo://@/x",
                "foo://:80",
                // bad host
                "https://exa mple.com",
                "https:// example.com",
                "http://a<b",
                "http://a^b",
                "http://a|b",
                "http://a%b",
                "http://a%20b",
                "http://a%00b",
                "http://a%2Fb",
                "http://a[b",
                "http://%ff",
                "http://\u00ad",
                "foo://a b",
                "foo://a^b",
                "file://a b/x",
                "file://host:80/x",
                "file://[",
                // bad port
                "http://example.com:65536",
                "http://example.com:port",
                "http://example.com:-1",
                "http://example.com:80:80",
                "http://example.com: 80",
                "http://example.com:99999999999999999999",
                "grpc://example.com:port",
                "http://exa:mple@example.com:x",
                // bad address
                "http://256.1.1.1",
                "http://1.2.3.4.5",
                "http://1..2",
                "http://a.1",
                "http://a.0x",
                "http://1.2.3.08",
                "http://1.256.1",
                "http://4294967296",
                "http://1.16777216",
                "http://[",
                "http://[]",
                "http://[::1",
                "http://::1",
                "http://[:::]",
                "http://[1::2::3]",
                "http://[1:2:3:4:5:6:7]",
                "http://[1:2:3:4:5:6:7:8:9]",
                "http://[::2:3:4:5:6:7:8:9]",
                "http://[:1::]",
                "http://[1:]",
                "http://[g::]",
                "http://[12345::]",
                "http://[fe80::1%25eth0]",
                "http://[::1.2.3]",
                "http://[::1.2.3.256]",
                "http://[::01.2.3.4]",
                "http://[1.2.3.4::]",
                "http://[::1]x",
                "foo://[x]",
            })
    void rejects(String text) {
        assertThat(WebUrl.isValid(text)).isFalse();
    }

    @Test
    void tellsWebPagesFromOtherUrls() {
        assertThat(WebUrl.isHttp("http://example.com")).isTrue();
        assertThat(WebUrl.isHttp("HTTPS://example.com")).isTrue();
        assertThat(WebUrl.isHttp("httpss://example.com")).isFalse();
        assertThat(WebUrl.isHttp("ftp://example.com")).isFalse();
        assertThat(WebUrl.isHttp("s3://example.com")).isFalse();
        assertThat(WebUrl.isHttp("https://")).isFalse();
    }
}
