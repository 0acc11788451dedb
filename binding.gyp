{
  "targets": [
    {
      "target_name": "qmlx",
      "type": "none",
      "actions": [
        {
          "action_name": "build_addon",
          "inputs": ["CMakeLists.txt"],
          "outputs": ["build/Release/qmlx.node"],
          "action": ["node", "scripts/build-addon.mjs"]
        }
      ]
    }
  ]
}
