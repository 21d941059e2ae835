// Made by broxc from the program's zone; edit the program, not this file.
// dnsconfig.js defines REG and DSP, and requires it.
D("example.com", REG, DnsProvider(DSP),
  NAMESERVER("ns1.example.net."),
  NAMESERVER("ns2.example.net."),
  CAA("@", "iodef", "mailto:dns@example.net", TTL(300)),
  CAA("@", "issue", "letsencrypt.org", TTL(300)),
  HTTPS("@", 1, ".", "alpn=\"h3,h2\" key65000=\"a b\"", TTL(300)),
  MX("@", 10, "mx1.example.net.", TTL(300)),
  MX("@", 20, "mx2.example.net.", TTL(300)),
  TXT("@", "v=spf1 include:spf.example.net; -all", TTL(300)),
  TXT("_dmarc", "v=DMARC1; p=reject", TTL(300)),
  A("*.apps", "93.184.215.14", TTL(60)),
  TXT("two", ["one\t", "two"], TTL(300)),
  // left out: waits.example.com. A
  CNAME("xn--bcher-kva", "pages.example.net.", TTL(300)),
END);
