/** Which ids of the SPDX list are of which category, as shipped. A policy overrides it; what stands nowhere is `uncategorized`. */

/** From the least that is asked of whoever uses a work to the most. */
export const CATEGORIES = [
  'public-domain',
  'permissive',
  'font',
  'content',
  'data',
  'weak-copyleft',
  'content-copyleft',
  'data-copyleft',
  'strong-copyleft',
  'network-copyleft',
  'restricted',
  'non-commercial',
  'source-available',
  'uncategorized',
] as const;

export type Category = (typeof CATEGORIES)[number];

/** What each category means, in one sentence for documentation. */
export const MEANING = {
  'public-domain': 'Asks nothing, not even that the license is kept.',
  permissive: 'Asks that notices are kept, and little else.',
  font: 'Made for fonts; many ask that changed fonts stay under the same license.',
  content: 'Made for texts and pictures; asks for attribution.',
  data: 'Made for data; asks for attribution at most.',
  'weak-copyleft': 'Changes to the work itself stay under its license; what uses it need not be.',
  'content-copyleft': 'Made for texts and pictures; what is made of them stays under the same license.',
  'data-copyleft': 'Made for data; what is made of it stays under the same license.',
  'strong-copyleft': 'A program that contains it is passed on under the same license.',
  'network-copyleft': 'Strong copyleft, also for those who only use the program over a network.',
  restricted: 'Limits who may use it or what for, or forbids changes.',
  'non-commercial': 'Commercial use is not allowed.',
  'source-available': 'The source can be read; competing or hosted use is limited.',
  uncategorized: 'Steward does not know its category.',
} as const satisfies Readonly<Record<Category, string>>;

/**
 * Ids between spaces. An id stands here only where its text leaves no doubt: an id that is missing is looked at by a person,
 * an id in a category that is too mild is not.
 */
export const SHIPPED = {
  'public-domain': `
    0BSD ANTLR-PD ANTLR-PD-fallback blessing CC-PDDC CC-PDM-1.0 CC0-1.0 libselinux-1.0 MIT-0 NCBI-PD NIST-PD NIST-PD-fallback
    NTIA-PD PDDL-1.0 SAX-PD SAX-PD-2.0 Unlicense Unlicense-libtelnet Unlicense-libwhirlpool WTFPL`,
  permissive: `
    AAL AFL-1.1 AFL-1.2 AFL-2.0 AFL-2.1 AFL-3.0 AMDPLPA AML AMPAS Adobe-2006 Adobe-Glyph Afmparse Apache-1.0 Apache-1.1 Apache-2.0
    BSD-1-Clause BSD-2-Clause BSD-2-Clause-Darwin BSD-2-Clause-first-lines BSD-2-Clause-Patent
    BSD-2-Clause-pkgconf-disclaimer BSD-2-Clause-Views BSD-3-Clause BSD-3-Clause-acpica BSD-3-Clause-Attribution
    BSD-3-Clause-Clear BSD-3-Clause-flex BSD-3-Clause-HP BSD-3-Clause-LBNL BSD-3-Clause-Modification BSD-3-Clause-Open-MPI
    BSD-3-Clause-Sun BSD-4-Clause BSD-4-Clause-Shortened BSD-4-Clause-UC BSD-4.3RENO BSD-4.3TAHOE
    BSD-Advertising-Acknowledgement BSD-Attribution-HPND-disclaimer BSD-Inferno-Nettverk BSD-Source-beginning-file BSD-Source-Code
    BSD-Systemics BSD-Systemics-W3Works BSL-1.0 Beerware BlueOak-1.0.0 Boehm-GC Brian-Gladman-2-Clause Brian-Gladman-3-Clause
    CECILL-B CERN-OHL-P-2.0 CFITSIO CMU-Mach CMU-Mach-nodoc CNRI-Jython CNRI-Python CNRI-Python-GPL-Compatible COIL-1.0 Clips
    CryptoSwift DEC-3-Clause DOC DSDP ECL-1.0 ECL-2.0 EFL-1.0 EFL-2.0 EPICS Entessa FSFAP FSFAP-no-warranty-disclaimer FSFULLR
    FSFULLRWD FTL Fair Giftware HDF5 HIDAPI HP-1986 HP-1989 HPND HPND-DEC HPND-doc HPND-doc-sell HPND-Fenneberg-Livingston
    HPND-INRIA-IMAG HPND-Intel HPND-Kevlin-Henney HPND-Markus-Kuhn HPND-merchantability-variant HPND-MIT-disclaimer HPND-Pbmplus
    HPND-sell-MIT-disclaimer-xserver HPND-sell-regexpr HPND-sell-variant HPND-sell-variant-MIT-disclaimer
    HPND-sell-variant-MIT-disclaimer-rev HPND-UC HTMLTIDY HaskellReport IBM-pibs ICU IJG IJG-short ISC ISC-Veillard ImageMagick Info-ZIP
    Inner-Net-2.0 Intel JPNIC JasPer-2.0 Kazlib Leptonica Libpng libpng-1.6.35 libpng-2.0 libtiff libutil-David-Nugent
    Linux-OpenIB lsof MIPS MIT MIT-advertising MIT-Click MIT-CMU MIT-enna MIT-feh MIT-Festival MIT-Khronos-old MIT-Modern-Variant
    MIT-open-group MIT-testregex MIT-Wu MITNFA MTLL Mackerras-3-Clause Mackerras-3-Clause-acknowledgment Minpack MirOS mpich2
    MulanPSL-1.0 MulanPSL-2.0 Multics NAIST-2003 NCSA NICTA-1.0 NIST-Software NRL NTP NTP-0 Naumen NetCDF OAR OFFIS OGC-1.0 OLDAP-2.0
    OLDAP-2.0.1 OLDAP-2.1 OLDAP-2.2 OLDAP-2.2.1 OLDAP-2.2.2 OLDAP-2.3 OLDAP-2.4 OLDAP-2.5 OLDAP-2.6 OLDAP-2.7 OLDAP-2.8 OLFL-1.3
    OML OpenSSL OpenSSL-standalone OpenVision PHP-3.0 PHP-3.01 PSF-2.0 Pixar Plexus PostgreSQL pkgconf psutils Python-2.0
    Python-2.0.1 python-ldap RSA-MD SGI-B-2.0 SHL-0.5 SHL-0.51 SMLNJ SSH-OpenSSH SSH-short SSLeay-standalone Saxpath SchemeReport
    snprintf Spencer-86 Spencer-94 Spencer-99 SunPro TCL TCP-wrappers TermReadKey TrustedQSL TU-Berlin-1.0 TU-Berlin-2.0 UCAR
    UMich-Merit UPL-1.0 Unicode-3.0 Unicode-DFS-2015 Unicode-DFS-2016 UnixCrypt VSL-1.0 W3C W3C-19980720 W3C-20150513 w3m X11
    X11-distribute-modifications-variant X11-swapped XFree86-1.1 Xdebug-1.03 Xerox Xfig Xnet xinetd xlock ZPL-1.1 ZPL-2.0 ZPL-2.1
    Zend-2.0 Zlib zlib-acknowledgement bcrypt-Solar-Designer bzip2-1.0.6 curl check-cvs dtoa eGenix magaz mailprio mpi-permissive
    ssh-keyscan`,
  font: `
    Arphic-1999 Baekmuk Bitstream-Charter Bitstream-Vera mplus OFL-1.0 OFL-1.0-no-RFN OFL-1.0-RFN OFL-1.1 OFL-1.1-no-RFN
    OFL-1.1-RFN TTYP0 Ubuntu-font-1.0`,
  content: `
    CC-BY-1.0 CC-BY-2.0 CC-BY-2.5 CC-BY-2.5-AU CC-BY-3.0 CC-BY-3.0-AT CC-BY-3.0-AU CC-BY-3.0-DE CC-BY-3.0-IGO CC-BY-3.0-NL
    CC-BY-3.0-US CC-BY-4.0 Community-Spec-1.0 FreeBSD-DOC`,
  data: `
    CDLA-Permissive-1.0 CDLA-Permissive-2.0 DL-DE-BY-2.0 DL-DE-ZERO-2.0 etalab-2.0 NLOD-1.0 NLOD-2.0 O-UDA-1.0 ODC-By-1.0
    OGDL-Taiwan-1.0 OGL-Canada-2.0 OGL-UK-1.0 OGL-UK-2.0 OGL-UK-3.0`,
  'weak-copyleft': `
    APSL-1.0 APSL-1.1 APSL-1.2 Artistic-1.0 Artistic-1.0-cl8 Artistic-1.0-Perl Artistic-2.0 BitTorrent-1.0 BitTorrent-1.1
    CATOSL-1.1 CDDL-1.0 CDDL-1.1 CECILL-C CERN-OHL-W-2.0 ClArtistic CPL-1.0 CUA-OPL-1.0 EPL-1.0 EPL-2.0 ErlPL-1.1 FreeImage
    gSOAP-1.3b Interbase-1.0 IPA IPL-1.0 LGPL-2.0-only LGPL-2.0-or-later LGPL-2.1-only LGPL-2.1-or-later LGPL-3.0-only
    LGPL-3.0-or-later LGPLLR LPL-1.0 LPL-1.02 LPPL-1.0 LPPL-1.1 LPPL-1.2 LPPL-1.3a LPPL-1.3c MPL-1.0 MPL-1.1 MPL-2.0
    MPL-2.0-no-copyleft-exception MS-PL MS-RL NASA-1.3 NOSL NPL-1.0 NPL-1.1 Nokia OCCT-PL OGTSL RSCPL Ruby SISSL SISSL-1.2 SMPPL SPL-1.0
    SugarCRM-1.1.3 Zimbra-1.3 Zimbra-1.4`,
  'content-copyleft': `
    CC-BY-SA-1.0 CC-BY-SA-2.0 CC-BY-SA-2.0-UK CC-BY-SA-2.1-JP CC-BY-SA-2.5 CC-BY-SA-3.0 CC-BY-SA-3.0-AT CC-BY-SA-3.0-DE
    CC-BY-SA-3.0-IGO CC-BY-SA-4.0 CC-SA-1.0 GFDL-1.1-invariants-only GFDL-1.1-invariants-or-later GFDL-1.1-no-invariants-only
    GFDL-1.1-no-invariants-or-later GFDL-1.1-only GFDL-1.1-or-later GFDL-1.2-invariants-only GFDL-1.2-invariants-or-later
    GFDL-1.2-no-invariants-only GFDL-1.2-no-invariants-or-later GFDL-1.2-only GFDL-1.2-or-later GFDL-1.3-invariants-only
    GFDL-1.3-invariants-or-later GFDL-1.3-no-invariants-only GFDL-1.3-no-invariants-or-later GFDL-1.3-only GFDL-1.3-or-later
    LAL-1.2 LAL-1.3 Linux-man-pages-copyleft`,
  'data-copyleft': `CDLA-Sharing-1.0 ODbL-1.0`,
  'strong-copyleft': `
    CECILL-1.0 CECILL-1.1 CECILL-2.0 CECILL-2.1 CERN-OHL-S-2.0 copyleft-next-0.3.0 copyleft-next-0.3.1 D-FSL-1.0 GPL-1.0-only
    GPL-1.0-or-later GPL-2.0-only GPL-2.0-or-later GPL-3.0-only GPL-3.0-or-later LiLiQ-Rplus-1.1 QPL-1.0 QPL-1.0-INRIA-2004
    SimPL-2.0 Sleepycat SMAIL-GPL TAPR-OHL-1.0`,
  'network-copyleft': `
    AGPL-1.0-only AGPL-1.0-or-later AGPL-3.0-only AGPL-3.0-or-later APL-1.0 APSL-2.0 CAL-1.0 CAL-1.0-Combined-Work-Exception
    CPAL-1.0 EUPL-1.0 EUPL-1.1 EUPL-1.2 NPOSL-3.0 OSL-1.0 OSL-1.1 OSL-2.0 OSL-2.1 OSL-3.0 Parity-6.0.0 Parity-7.0.0 RPL-1.1 RPL-1.5
    RPSL-1.0 YPL-1.0 YPL-1.1`,
  restricted: `
    BSD-3-Clause-No-Military-License BSD-3-Clause-No-Nuclear-License BSD-3-Clause-No-Nuclear-License-2014
    BSD-3-Clause-No-Nuclear-Warranty C-UDA-1.0 CC-BY-ND-1.0 CC-BY-ND-2.0 CC-BY-ND-2.5 CC-BY-ND-3.0 CC-BY-ND-3.0-DE CC-BY-ND-4.0
    CPOL-1.02 Hippocratic-2.1 Hippocratic-3.0-core JSON`,
  'non-commercial': `
    Aladdin CC-BY-NC-1.0 CC-BY-NC-2.0 CC-BY-NC-2.5 CC-BY-NC-3.0 CC-BY-NC-3.0-DE CC-BY-NC-3.0-IGO CC-BY-NC-4.0 CC-BY-NC-ND-1.0
    CC-BY-NC-ND-2.0 CC-BY-NC-ND-2.5 CC-BY-NC-ND-3.0 CC-BY-NC-ND-3.0-DE CC-BY-NC-ND-3.0-IGO CC-BY-NC-ND-4.0 CC-BY-NC-SA-1.0
    CC-BY-NC-SA-2.0 CC-BY-NC-SA-2.0-DE CC-BY-NC-SA-2.0-FR CC-BY-NC-SA-2.0-UK CC-BY-NC-SA-2.5 CC-BY-NC-SA-3.0 CC-BY-NC-SA-3.0-DE
    CC-BY-NC-SA-3.0-IGO CC-BY-NC-SA-4.0 NCGL-UK-2.0 PolyForm-Noncommercial-1.0.0`,
  'source-available': `
    BUSL-1.1 Elastic-2.0 FSL-1.1-ALv2 FSL-1.1-MIT PolyForm-Small-Business-1.0.0 SSPL-1.0 SUL-1.0`,
  uncategorized: '',
} as const satisfies Readonly<Record<Category, string>>;
