/** All styling of the page; colours have a contrast of at least 4.5 to 1 on their background. */
export const style = `
:root { color-scheme: light; --real: #1d4f91; --made: #b35900; }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, "Segoe UI", Arial, sans-serif; color: #1b1b1b; background: #fff; margin: 0 auto; max-width: 72rem; padding: 1rem 1.5rem 4rem; }
h1 { font-size: 1.8rem; margin: 0.5rem 0; } h2 { font-size: 1.35rem; margin: 2.5rem 0 0.5rem; border-bottom: 2px solid #1d4f91; } h3 { font-size: 1.05rem; margin: 1.2rem 0 0.3rem; overflow-wrap: anywhere; }
a { color: #1d4f91; } .skip { position: absolute; left: -999rem; } .skip:focus { left: 1rem; background: #fff; padding: 0.5rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.3rem 1.2rem; list-style: none; padding: 0; }
.verdict { border-left: 0.5rem solid; padding: 0.6rem 1rem; margin: 1rem 0; background: #f6f7f9; } .verdict p { margin: 0.4rem 0; }
.verdict.pass { border-color: #1a6e3c; } .verdict.review { border-color: #8a5a00; } .verdict.fail { border-color: #a4161a; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; margin: 0.5rem 0; } caption { text-align: left; font-weight: 600; padding: 0.3rem 0; }
th, td { border-bottom: 1px solid #d0d4da; padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; } thead th { border-bottom: 2px solid #59616d; white-space: nowrap; overflow-wrap: normal; } tbody th { font-weight: 600; min-width: 9rem; }
.line { white-space: nowrap; } td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; } .wide { overflow-x: auto; }
.badge { display: inline-block; padding: 0 0.5rem; border-radius: 0.3rem; border: 1px solid; white-space: nowrap; } .good { color: #12522c; background: #e3f3e8; } .care { color: #6b4500; background: #fdf1d8; } .bad { color: #8c1216; background: #fbe4e4; } .plain { color: #3d434b; background: #eef0f3; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(21rem, 1fr)); gap: 1rem; } .card { border: 1px solid #d0d4da; border-radius: 0.4rem; padding: 0.6rem 0.9rem; break-inside: avoid; } .card p { margin: 0.3rem 0; font-size: 0.9rem; }
svg { max-width: 100%; height: auto; } .note { color: #3d434b; font-size: 0.9rem; } .legend span { margin-right: 1.2rem; } .swatch { display: inline-block; width: 0.9rem; height: 0.9rem; vertical-align: -0.1rem; margin-right: 0.35rem; }
summary { cursor: pointer; } .pairmaps { display: flex; flex-wrap: wrap; gap: 1.5rem; } figure { margin: 0.5rem 0; } figcaption { font-size: 0.9rem; }
@media print { body { max-width: none; padding: 0; font-size: 11pt; } nav, .skip { display: none; } .wide { overflow: visible; } h2 { break-after: avoid; } tr, .card, figure { break-inside: avoid; } }
`;
