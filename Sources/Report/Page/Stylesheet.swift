// SPDX-License-Identifier: GPL-3.0-or-later

/// How the page looks: on narrow and wide screens, in light and dark, and on paper.
///
/// Colours have a contrast of at least 4.5 to their background as text and 3 as marks; the four
/// series differ in lightness too, so that they are told apart without seeing hue.
enum Stylesheet {
    /// The style sheet's lines.
    static let lines = (colours + page + plots + paper).split(separator: "\n").map(String.init)

    private static let colours = """
        :root{--paper:#fcfbf8;--ink:#1c1e22;--soft:#5b606b;--rule:#dcd7cb;--card:#f3f0e9;
        --link:#0a55a0;--c1:#1d6fb8;--c2:#c2410c;--c3:#0b7a5c;--c4:#8a3f8f;--cq:#8b8f98;
        --above:#1d6fb8;--below:#c2410c;--ground:#fcfbf8}
        @media (prefers-color-scheme:dark){:root{--paper:#14161a;--ink:#e9e6df;--soft:#a6abb6;
        --rule:#363a42;--card:#1d2025;--link:#8fc4ff;--c1:#6cb4f5;--c2:#ff9a66;--c3:#4fcfa5;
        --c4:#d79be0;--cq:#868b96;--above:#2f7fc4;--below:#c65a22;--ground:#14161a}}

        """

    private static let page = """
        *{box-sizing:border-box}
        html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--paper);color:var(--ink);line-height:1.6;
        font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
        font-size:1.0625rem}
        main{max-width:70rem;margin:0 auto;padding:1.5rem 1rem 5rem}
        h1,h2,h3{font-family:"Iowan Old Style",Charter,"Bitstream Charter",Georgia,serif;
        line-height:1.2;text-wrap:balance;font-weight:600}
        h1{font-size:clamp(1.9rem,5vw,3rem);margin:1rem 0 .75rem;letter-spacing:-.01em}
        h2{font-size:clamp(1.5rem,3.5vw,2rem);margin:4rem 0 1rem;padding-top:1.25rem;
        border-top:1px solid var(--rule)}
        h3{font-size:1.25rem;margin:2.5rem 0 .75rem}
        h4{font-size:1rem;margin:0 0 .75rem;line-height:1.35;font-weight:650}
        p,ul,.terms{max-width:44rem;margin:0 0 1rem}
        ul{padding-left:1.25rem}li{margin:.3rem 0}
        .lead{font-size:1.15rem;color:var(--soft);max-width:46rem}
        a{color:var(--link);text-underline-offset:.15em}
        a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--link);
        outline-offset:2px}
        code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;
        font-size:.86em;overflow-wrap:anywhere}
        data{font-variant-numeric:tabular-nums}
        .skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--paper)}
        nav{font-size:.95rem;padding:1rem;border-bottom:1px solid var(--rule)}
        nav ol{margin:0 auto;max-width:70rem;padding:0;list-style:none;display:flex;flex-wrap:wrap;
        gap:.25rem 1.1rem}
        nav a{text-decoration:none}nav a:hover{text-decoration:underline}
        .note{border-left:3px solid var(--c2);padding:.6rem 1rem;background:var(--card)}
        .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(14rem,1fr));gap:.9rem;
        margin:1.5rem 0}
        .cards div{background:var(--card);border-radius:.5rem;padding:.9rem 1rem}
        .cards dt{font-size:.9rem;color:var(--soft);line-height:1.3}.cards dd{margin:0}
        .cards b{display:block;font-size:1.9rem;font-weight:600;letter-spacing:-.02em;line-height:1.35}
        .cards span{font-size:.88rem;color:var(--soft);line-height:1.4;display:block}
        .figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,27rem),1fr));
        gap:1.5rem 2rem;margin:1.5rem 0 2rem;align-items:start}
        figure{margin:0;padding:1rem 0 0;border-top:1px solid var(--rule);min-width:0;max-width:36rem}
        @media (min-width:48rem){figure{padding:1.1rem;border:1px solid var(--rule);border-radius:.5rem}}
        figcaption{font-size:.92rem;color:var(--soft);margin-top:.75rem;line-height:1.5}
        .terms dt{font-weight:650;margin-top:.9rem}.terms dd{margin:0}
        .scroll{overflow-x:auto;margin:0 0 2rem}
        table{border-collapse:collapse;font-size:.94rem;line-height:1.45}
        .caption{font-size:.92rem;color:var(--soft);margin:2rem 0 .5rem}
        th,td{text-align:left;padding:.4rem .9rem .4rem 0;border-bottom:1px solid var(--rule);
        vertical-align:top;font-weight:400}
        thead th{font-weight:650;vertical-align:bottom}
        @media (min-width:48rem){thead .n{white-space:normal;min-width:5rem}}
        .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        tbody th{min-width:6.5rem}tbody td{min-width:6.5rem}tbody .n{min-width:0}
        @media (min-width:48rem){tbody th{min-width:9rem}tbody td{min-width:7rem}}
        .numbers{font-size:.84rem}.numbers td{min-width:5rem}.numbers td:nth-child(2){min-width:18rem}
        summary{cursor:pointer;font-weight:650;padding:.4rem 0}
        @media (min-width:90rem){body{display:grid;grid-template-columns:15rem minmax(0,1fr)}
        nav{position:sticky;top:0;align-self:start;max-height:100vh;overflow-y:auto;border:0;
        padding:2.5rem 0 2rem 1.5rem}nav ol{flex-direction:column;gap:.45rem}
        main{margin:0;padding:1.5rem 2.5rem 5rem 3rem}}

        """

    private static let plots = """
        svg{display:block;width:100%;height:auto;overflow:visible}
        svg text{font-size:12px;fill:var(--ink);font-variant-numeric:tabular-nums}
        svg .axis,svg .tick{fill:var(--soft)}svg .head{font-weight:650}
        .grid{stroke:var(--rule);stroke-width:1}.base{stroke:var(--soft);stroke-width:1}
        .reference{stroke:var(--soft);stroke-width:1.2;stroke-dasharray:4 3;fill:none}
        .join{stroke:var(--cq);stroke-width:1.5}.whisker{stroke:var(--ink);stroke-width:1.6}
        .line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
        .line.c1{stroke:var(--c1)}.line.c2{stroke:var(--c2)}.line.c3{stroke:var(--c3)}
        .line.c4{stroke:var(--c4)}.line.cq{stroke:var(--cq)}
        .fill.c1{fill:var(--c1)}.fill.c2{fill:var(--c2)}.fill.c3{fill:var(--c3)}
        .fill.c4{fill:var(--c4)}.fill.cq{fill:var(--cq)}
        .band{opacity:.18}.band.c1{fill:var(--c1)}.band.c2{fill:var(--c2)}.band.c3{fill:var(--c3)}
        .band.c4{fill:var(--c4)}
        .dots{fill:none;stroke-width:3.2;stroke-linecap:round;opacity:.5}
        .dots.c1{stroke:var(--c1)}.dots.c2{stroke:var(--c2)}.dots.c3{stroke:var(--c3)}
        .dots.c4{stroke:var(--c4)}
        svg .text-c1{fill:var(--c1)}svg .text-c2{fill:var(--c2)}svg .text-c3{fill:var(--c3)}
        svg .text-c4{fill:var(--c4)}
        svg .halo{paint-order:stroke;stroke:var(--paper);stroke-width:3.5px;stroke-linejoin:round;
        font-weight:650}
        .cell.above{fill:color-mix(in srgb,var(--above) var(--share),var(--ground))}
        .cell.below{fill:color-mix(in srgb,var(--below) var(--share),var(--ground))}
        .tint0{--share:3%}.tint1{--share:12%}.tint2{--share:21%}.tint3{--share:30%}.tint4{--share:38%}
        svg .cell-value{font-size:11px}

        """

    private static let paper = """
        @media print{:root{--paper:#fff;--ink:#000;--soft:#444;--rule:#bbb;--card:#f4f4f4;
        --link:#000;--c1:#1d6fb8;--c2:#c2410c;--c3:#0b7a5c;--c4:#8a3f8f;--cq:#777;--ground:#fff;
        --above:#1d6fb8;--below:#c2410c}
        body{display:block;font-size:10pt}nav,.skip{display:none}main{max-width:none;padding:0}
        h2{margin-top:2rem}h2,h3,h4,.caption{break-after:avoid}figure,tr,.cards div{break-inside:avoid}
        .figures{grid-template-columns:1fr 1fr}.scroll{overflow:visible}table{font-size:8pt}
        .numbers{font-size:5.5pt;table-layout:auto}.numbers td,.numbers th{min-width:0;padding:.1rem .4rem .1rem 0}
        .numbers td:nth-child(2){min-width:0}
        details::details-content{content-visibility:visible;block-size:auto}
        a{text-decoration:none}}
        """
}
