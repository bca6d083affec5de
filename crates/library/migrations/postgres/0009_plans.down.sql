DROP TABLE usage_days;
DROP TABLE user_plans;
