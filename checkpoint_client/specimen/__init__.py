"""The invented State of Utopia: its people, alerts, crossings and post. Nobody here ever lived."""
