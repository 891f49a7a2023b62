import QtQuick

// For bright sun and for eyes that need it: every pair holds 7:1, and every edge is drawn.
ColorSet {
    ground: "#ffffff"
    surface: "#ffffff"
    line: "#3a3a3a"
    lineStrong: "#000000"
    controlLine: "#000000"
    ink: "#000000"
    inkSecond: "#1c1c1c"
    neutralSoft: "#ececec"

    blue: "#00308f"
    bluePressed: "#001d57"
    blueSoft: "#e3ecff"
    green: "#004d26"
    greenSoft: "#e2f5e9"
    amber: "#523400"
    amberSoft: "#fff0c2"
    red: "#8b0000"
    redPressed: "#5c0000"
    redSoft: "#ffe7e4"

    focus: "#00308f"
    scrim: "#cc000000"
    track: "#d0d0d0"

    bar: "#000000"
    barRaised: "#1a1a1a"
    barPressed: "#333333"
    inkOnBarSecond: "#ffffff"
}
