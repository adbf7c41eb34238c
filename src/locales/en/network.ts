import type { Args } from '../args.ts';

export const network = {
  'system.accessDenied': ({ status }: Args<'status'>) => `access denied (${status})`,
  'system.accessDeniedWithLogin': ({ status, loginFrom }: Args<'status' | 'loginFrom'>) =>
    `access denied (${status}), with the login from ${loginFrom}`,
  'system.answerNotHttp': 'the answer is not HTTP',
  'system.answerTruncated': 'the connection closed before the answer was complete',
  'system.answeredStatus': ({ status }: Args<'status'>) => `answered ${status}`,
  'system.answeredWithoutListTags': ({ repository }: Args<'repository'>) =>
    `${repository}: answered without a list of tags`,
  'system.answeredWithoutToken': ({ url }: Args<'url'>) => `${url}: answered without a token`,
  'system.askOwnerServeHttps': ({ host }: Args<'host'>) => `Ask the owner of ${host} to serve https.`,
  'system.bytesHaveAnotherDigest': ({ repository, digest }: Args<'repository' | 'digest'>) =>
    `${repository}@${digest}: the bytes have a different digest`,
  'system.bytesInstead': ({ shown, count, size }: Args<'shown' | 'count' | 'size'>) =>
    `${shown}: ${count} bytes instead of ${size}`,
  'system.bytesMoreThanLimit': ({ shown, size, limit }: Args<'shown' | 'size' | 'limit'>) =>
    `${shown}: ${size} bytes are more than the limit of ${limit}`,
  'system.bytesUnpackMoreThanTimes': ({ subject, wire, max_ratio }: Args<'subject' | 'wire' | 'max_ratio'>) =>
    `${subject}: ${wire} bytes unpack to more than ${max_ratio} times that`,
  'system.cachedCopyDamaged': ({ name }: Args<'name'>) => `${name}: the cached copy is damaged`,
  'system.cannotTag': ({ repository, version }: Args<'repository' | 'version'>) =>
    `${repository}: ${version} cannot be a tag`,
  'system.certificateExpired': 'the certificate has expired',
  'system.certificateNotTrusted': 'the certificate is not trusted',
  'system.certificateNotYetValid': 'the certificate is not valid yet',
  'system.certificateOfOtherHost': 'the certificate belongs to another host',
  'system.chartLayersInsteadOfOne': ({ count }: Args<'count'>) => `${count} chart layers instead of one`,
  'system.checkClock': 'Check the clock.',
  'system.checkHostName': 'Check the spelling of the host name.',
  'system.checkProxy': 'Check HTTPS_PROXY and HTTP_PROXY, or add the host to NO_PROXY.',
  'system.doesNotSpeakTls': 'the server does not speak TLS on this port',
  'system.useHttpUrl': 'If it is meant to speak plain HTTP, write http:// in the URL.',
  'system.tlsHandshakeFailed': 'the TLS handshake failed: server and client agree on no protocol',
  'system.checkUrl': 'Check the URL.',
  'system.connectTimeOut': 'no connection (connect time-out)',
  'system.connectionRefused': 'connection refused',
  'system.connectionReset': 'connection reset',
  'system.contentEncodingNotAsked': ({ subject, encoding }: Args<'subject' | 'encoding'>) =>
    `${subject}: content encoding ${encoding} was not asked for`,
  'system.digestNotSha256': 'a digest that is not SHA-256',
  'system.doNotUseDamagedHostile': 'Do not use it: it is damaged or hostile. Tell its publisher.',
  'system.doNotUseThemThey': 'Do not use them: they are damaged or were replaced.',
  'system.firstByteTimeOut': 'no answer (first byte time-out)',
  'system.givenUpAfterFailedRequests': ({ host, requests }: Args<'host' | 'requests'>) =>
    `${host}: gave up after ${requests} failed requests`,
  'system.gzipStreamEndsEarly': ({ subject }: Args<'subject'>) => `${subject}: the gzip stream ends early`,
  'system.headersTooLarge': 'the headers of the answer are too large',
  'system.holdsControlByteWhichNo': ({ subject, byte }: Args<'subject' | 'byte'>) =>
    `${subject}: contains a control byte (${byte}), which no text does`,
  'system.httpsProxyHttpProxyNot': 'HTTPS_PROXY or HTTP_PROXY is not a URL',
  'system.idleTimeOut': 'the answer stopped half-way (idle time-out)',
  'system.ifLoginServerSetSlipway': ({ host, host2 }: Args<'host' | 'host2'>) =>
    `If ${host} is its login server, set SLIPWAY_TOKEN_HOSTS=${host2}=${host}.`,
  'system.ifWantedNameHostConfiguration': 'If that is wanted, name the host in the configuration.',
  'system.imageIndexNotChart': 'an image index, not a chart',
  'system.largerThanLimit': ({ subject, size }: Args<'subject' | 'size'>) =>
    `${subject}: larger than the limit of ${size}`,
  'system.largerThanLimitBytes': ({ url, limit }: Args<'url' | 'limit'>) =>
    `${url}: larger than the limit of ${limit} bytes`,
  'system.layerOutsideRegistry': 'a layer that lies outside the registry',
  'system.logInTo': ({ host }: Args<'host'>) =>
    `Log in to ${host}: helm registry login for OCI, helm repo add --username for a repository.`,
  'system.loginFromRefused': ({ loginFrom, host }: Args<'loginFrom' | 'host'>) =>
    `${host} refuses the login from ${loginFrom}; put it right there.`,
  'system.manifestNotObject': 'the manifest is not a JSON object',
  'system.moreThanRedirects': ({ from, limit }: Args<'from' | 'limit'>) =>
    `${from}: more than ${limit} redirects`,
  'system.moreThanTags': ({ repository, max_tags }: Args<'repository' | 'max_tags'>) =>
    `${repository}: more than ${max_tags} tags`,
  'system.nameServerSilent': 'the name server does not answer',
  'system.nextPageElsewhere': ({ host }: Args<'host'>) =>
    `the next page of tags is on another server, ${host}`,
  'system.nextPageNotUrl': 'the next page of tags is not a URL',
  'system.noSuchHost': 'no such host',
  'system.nodeTlsRejectUnauthorized0': ({ host }: Args<'host'>) =>
    `${host}: NODE_TLS_REJECT_UNAUTHORIZED=0 switches certificate checks off`,
  'system.notAskedInDemo': ({ url }: Args<'url'>) =>
    `${url} is not asked: the demo and the tour use no network`,
  'system.notCacheNetworkOff': ({ url }: Args<'url'>) => `${url}: not in the cache, and the network is off`,
  'system.notFound': ({ status }: Args<'status'>) => `not found (${status})`,
  'system.notGzipStreamClaims': ({ subject }: Args<'subject'>) =>
    `${subject}: not the gzip stream it claims to be`,
  'system.notHelmChartBut': ({ type }: Args<'type'>) => `not a Helm chart but ${type}`,
  'system.notHttpHttpsUrl': ({ text }: Args<'text'>) => `not an http or https URL: ${text}`,
  'system.notOciManifestBut': ({ mediaType }: Args<'mediaType'>) => `not an OCI manifest but ${mediaType}`,
  'system.notOciRepository': ({ reference }: Args<'reference'>) => `not an OCI repository: ${reference}`,
  'system.notSha256Digest': ({ shown }: Args<'shown'>) => `${shown}: not a SHA-256 digest`,
  'system.notUrl': ({ text }: Args<'text'>) => `not a URL: ${text}`,
  'system.pagesInCircle': 'the pages of tags go round in a circle',
  'system.passCredentialsAll': ({ host, configured }: Args<'host' | 'configured'>) =>
    `${host} gets no credentials of ${configured}; pass_credentials_all in Helm's repositories.yaml allows that.`,
  'system.proxyUnreachable': 'the proxy of the environment cannot be reached',
  'system.proxyWantsLogin': 'the proxy requires a login (407)',
  'system.putLoginIntoProxy': 'Put user and password into HTTPS_PROXY and HTTP_PROXY.',
  'system.rateLimitedUntil': ({ subject, until }: Args<'subject' | 'until'>) =>
    `${subject}: rate limited until ${until}`,
  'system.redirectsCircle': ({ from }: Args<'from'>) => `${from}: redirects in a circle`,
  'system.redirectsFromHttpsHttp': ({ from }: Args<'from'>) => `${from}: redirects from https to http`,
  'system.redirectsSomethingUnreadable': ({ href }: Args<'href'>) =>
    `${href}: redirects to something unreadable`,
  'system.redirectsWhichRefusedHere': ({ from }: Args<'from'>) => `${from}: redirects, which is refused here`,
  'system.redirectsWithoutSayingWhere': ({ from }: Args<'from'>) => `${from}: redirects without saying where`,
  'system.runAgainAfterLoginOften': ({ until }: Args<'until'>) =>
    `Run again after ${until}; a login often raises the limit.`,
  'system.runAgainLater': 'Run again later.',
  'system.runAgainLaterLeaveApps': 'Run again later, or leave the apps of this host out.',
  'system.runAgainLaterOrLogIn': 'Run again later, or log in.',
  'system.runInRepositoryOfYourOwn': 'Run it in a repository of your own, without --demo.',
  'system.runOnceWithoutOffline': 'Run once without --offline.',
  'system.saveUtf8': 'Save it as UTF-8.',
  'system.sendsLogins': ({ host, href }: Args<'host' | 'href'>) => `${host}: sends logins to ${href}`,
  'system.serverInternetSentUsAddress': ({ host }: Args<'host'>) =>
    `${host}: a server on the internet sent us to an address inside`,
  'system.setExtraCa':
    'If your organisation signs it, set NODE_EXTRA_CA_CERTS to the CA certificate (PEM file).',
  'system.sizeInvalid': 'a size that is not valid',
  'system.somethingWithoutType': 'something without a type',
  'system.tooManyPages': ({ limit }: Args<'limit'>) => `more than ${limit} pages of tags`,
  'system.tooManyRequests': 'too many requests (429)',
  'system.totalTimeOut': 'not done within the total time limit',
  'system.unsetNodeExtraCaCerts': 'Unset it; NODE_EXTRA_CA_CERTS adds a CA of your organisation.',
  'system.utf16': ({ subject }: Args<'subject'>) => `${subject}: it is UTF-16`,
  'system.writeHttpHostPort': 'Write http://HOST:PORT.',
  'system.writeOciHostPathChart': 'Write oci://HOST/PATH/CHART, in lower case.',
};
