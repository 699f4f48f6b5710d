import { secureHeaders } from 'hono/secure-headers'

/**
 * Headers for every answer of the Worker. It serves data, never a page, so browsers may do nothing with
 * it; pages are static files, whose headers are in `src/docs/_headers`.
 */
export const securityHeaders = (baseUrl: string) =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
    crossOriginResourcePolicy: 'same-origin',
    referrerPolicy: 'no-referrer',
    // For browsers older than frame-ancestors.
    xFrameOptions: 'DENY',
    xContentTypeOptions: 'nosniff',
    // One year for this host alone: what runs below or beside it is its owner's to promise for.
    strictTransportSecurity: baseUrl.startsWith('https:') && 'max-age=31536000',
    // What has a meaning for pages only, or none any more.
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  })
