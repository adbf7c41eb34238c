/** How every page looks: dark and light by the reader's own setting, from 320 px on, on paper, and for those who use the keyboard. */
export const STYLES = `
:root{color-scheme:light dark;--ink:#1c2330;--soft:#55607a;--line:#d8deea;--paper:#f5f7fb;--card:#fff;--mark:#2456c9;--red:#b3261e;--redbg:#fdecea;--amber:#8a5300;--amberbg:#fff3dc;--green:#1b6e3c;--greenbg:#e4f5ea;--grey:#55607a;--greybg:#eceff5;--code:#f3f5f9}
@media (prefers-color-scheme:dark){:root{--ink:#e6eaf2;--soft:#a4aec4;--line:#323b4d;--paper:#12161e;--card:#1a202b;--mark:#8fb3ff;--red:#ff9d94;--redbg:#3b1a18;--amber:#ffc96b;--amberbg:#3a2b10;--green:#86dba6;--greenbg:#12301f;--grey:#a4aec4;--greybg:#262e3c;--code:#151b25}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif}
main,header.top,footer{max-width:68rem;margin:0 auto;padding:0 1rem}
header.top{padding-top:1.5rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .25rem;overflow-wrap:anywhere}
h2{font-size:1.15rem;margin:2rem 0 .75rem}
h3{font-size:1rem;margin:1rem 0 .35rem}
p{margin:.35rem 0}
a{color:var(--mark)}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono",monospace;font-size:.86em}
code{overflow-wrap:anywhere}
.soft{color:var(--soft)}
.verdict{font-size:1.2rem;font-weight:600;padding:.9rem 1.1rem;border-radius:.6rem;margin:1rem 0;border:1px solid currentColor}
.red{color:var(--red)}.amber{color:var(--amber)}.green{color:var(--green)}.grey{color:var(--grey)}
.verdict.red{background:var(--redbg)}.verdict.amber{background:var(--amberbg)}.verdict.green{background:var(--greenbg)}.verdict.grey{background:var(--greybg)}
.chips{display:flex;flex-wrap:wrap;gap:.5rem;margin:.75rem 0;padding:0;list-style:none}
.chip,.badge{display:inline-block;border-radius:1rem;padding:.05rem .65rem;font-size:.86rem;font-weight:600;border:1px solid currentColor;text-decoration:none;white-space:nowrap}
.chip:focus-visible,.scroll:focus-visible,summary:focus-visible,input:focus-visible,a:focus-visible{outline:3px solid var(--mark);outline-offset:2px}
.red.chip,.red.badge{background:var(--redbg)}.amber.chip,.amber.badge{background:var(--amberbg)}.green.chip,.green.badge{background:var(--greenbg)}.grey.chip,.grey.badge{background:var(--greybg)}
button.chip{font:inherit;font-size:.86rem;font-weight:600;cursor:pointer}
button.chip[aria-pressed=true]{background:var(--mark);color:var(--card)}
.filter{display:none;margin:.75rem 0}
.js .filter{display:block}
.filter input{width:100%;font:inherit;padding:.5rem .75rem;border:1px solid var(--line);border-radius:.5rem;background:var(--card);color:var(--ink)}
.card{background:var(--card);border:1px solid var(--line);border-left:.35rem solid var(--grey);border-radius:.6rem;margin:.6rem 0;padding:.15rem 1rem}
.card.red{border-left-color:var(--red)}.card.amber{border-left-color:var(--amber)}.card.green{border-left-color:var(--green)}
.card,.card.red,.card.amber,.card.green{color:var(--ink)}
.card>summary{padding:.55rem 0;font-weight:600;cursor:pointer;overflow-wrap:anywhere}
.card[open]>summary{border-bottom:1px solid var(--line);margin-bottom:.5rem}
summary .badge{margin-left:.35rem}
details details{margin:.35rem 0;border:1px solid var(--line);border-radius:.4rem;padding:0 .75rem}
details details>summary{padding:.35rem 0;cursor:pointer;overflow-wrap:anywhere}
ul.cautions{list-style:none;margin:.5rem 0;padding:0}
ul.cautions li{border-left:.25rem solid var(--grey);padding:.15rem .75rem;margin:.5rem 0}
ul.cautions li.red{border-color:var(--red);color:var(--ink)}ul.cautions li.amber{border-color:var(--amber);color:var(--ink)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:left;vertical-align:top;padding:.35rem .9rem .35rem 0;border-bottom:1px solid var(--line)}
th{color:var(--soft);font-weight:600}
pre.diff{background:var(--code);border-radius:.4rem;padding:.6rem 0;margin:.35rem 0 .75rem;overflow-x:auto;line-height:1.45}
pre.diff span{display:block;padding:0 .75rem 0 2.75rem;text-indent:-2rem;white-space:pre-wrap;overflow-wrap:anywhere}
pre.diff .added{background:var(--greenbg)}pre.diff .removed{background:var(--redbg)}pre.diff .hunk{color:var(--soft)}
footer{color:var(--soft);font-size:.86rem;padding:2rem 1rem}
[hidden]{display:none!important}
@media (max-width:30rem){main,header.top,footer{padding-left:.75rem;padding-right:.75rem}.card{padding:.1rem .65rem}}
@media print{:root{--paper:#fff}.filter{display:none!important}.card{break-inside:avoid}}
`.trim();
