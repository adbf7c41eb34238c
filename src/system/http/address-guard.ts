import { BlockList, isIP } from 'node:net';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';

/**
 * How far an address reaches, from the whole internet to one network segment. A server may send us only to
 * addresses that are at least as public as its own.
 */
export type Reach = 'public' | 'private' | 'loopback' | 'link-local';

const FROM_PUBLIC: readonly Reach[] = ['public', 'private', 'loopback', 'link-local'];

type Ranges = {
  readonly reaches: Record<Exclude<Reach, 'public'>, BlockList>;
  /** IPv6 prefixes that carry an IPv4 address, and the 16-bit group at which it starts. */
  readonly carriers: readonly { prefix: BlockList; group: number }[];
};

let known: Ranges | undefined;

/** Made for the first address: making them takes milliseconds, and most runs meet none. */
function knownRanges(): Ranges {
  return (known ??= {
    // 198.18.0.0/15 is left out: local proxies answer DNS for public hosts with addresses of that range.
    reaches: {
      private: ranges(
        '10.0.0.0/8',
        '100.64.0.0/10',
        '172.16.0.0/12',
        '192.168.0.0/16',
        'fc00::/7',
        'fec0::/10',
      ),
      loopback: ranges('127.0.0.0/8', '0.0.0.0/8', '::1/128', '::/128'),
      'link-local': ranges(
        '169.254.0.0/16',
        '192.0.0.0/24',
        '224.0.0.0/3',
        'fe80::/10',
        'ff00::/8',
        // Metadata services that hide in ranges of their own: AWS over IPv6, Alibaba Cloud.
        'fd00:ec2::/32',
        '100.100.100.200/32',
      ),
    },
    carriers: [
      { prefix: ranges('::ffff:0:0/96', '::/96', '64:ff9b::/96'), group: 6 },
      { prefix: ranges('2002::/16'), group: 1 },
    ],
  });
}

/** How far an IP address reaches: this machine, its network, or the internet. */
export function reachOfAddress(address: string): Reach {
  const plain = address.replace(/(?<!%)%.*$/, '');
  const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4';
  const { reaches, carriers } = knownRanges();
  const found = (['link-local', 'loopback', 'private'] as const).find(reach =>
    reaches[reach].check(plain, family),
  );
  if (found || family === 'ipv4') return found ?? 'public';
  const carrier = carriers.find(({ prefix }) => prefix.check(plain, 'ipv6'));
  return carrier ? reachOfAddress(carriedIpv4(plain, carrier.group)) : 'public';
}

/** What a URL's host name says by itself, before any look-up; undefined if only DNS can tell. */
export function reachOfName(hostname: string): Reach | undefined {
  const name = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (isIP(name)) return reachOfAddress(name);
  if (name === 'localhost' || name.endsWith('.localhost')) return 'loopback';
  if (name === 'metadata' || name === 'metadata.google.internal') return 'link-local';
  return name.endsWith('.internal') ? 'private' : undefined;
}

/** The nearest of several. */
export function leastPublic(reaches: readonly Reach[]): Reach {
  return FROM_PUBLIC.findLast(reach => reaches.includes(reach)) ?? 'public';
}

/** The farthest of several. */
export function mostPublic(reaches: readonly Reach[]): Reach {
  return FROM_PUBLIC.find(reach => reaches.includes(reach)) ?? 'public';
}

/** Whether `reach` leads further inside than is allowed. */
export function reachesBeyond(reach: Reach, allowed: Reach): boolean {
  return FROM_PUBLIC.indexOf(reach) > FROM_PUBLIC.indexOf(allowed);
}

/** E_SSRF: a public server leads into a private network. */
export function ssrfRefusal(host: string): UserError {
  return new UserError('E_SSRF', say('system.serverInternetSentUsAddress', { host }), {
    hint: say('system.ifWantedNameHostConfiguration'),
    subject: host,
  });
}

function ranges(...cidrs: string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [address = '', bits] = cidr.split('/');
    list.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}

function carriedIpv4(address: string, group: number): string {
  const groups = ipv6Groups(address);
  const [high = 0, low = 0] = groups.slice(group, group + 2);
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

function ipv6Groups(address: string): number[] {
  // The URL parser knows every spelling, a dotted tail included, and prints the shortest one.
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const left = groupsOf(head);
  const right = groupsOf(tail);
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}

function groupsOf(part: string | undefined): number[] {
  return part ? part.split(':').map(group => Number.parseInt(group, 16)) : [];
}
